import { AsyncLocalStorage } from "node:async_hooks";
import type { Span, SpanOptions } from "./span.ts";
import type { SpanAttributes } from "./span-attributes.ts";
import { formatTraceparent } from "./span-context.ts";

/** What went wrong in work that is not recorded, until it is known whether it is after all. */
export interface NotedFailure {
  error: unknown;
  attributes: SpanAttributes;
}

/** The work that runs now, as its trace sees it. */
export interface TraceScope {
  /** Null where the work is not recorded. */
  span: Span | null;
  /** Where it is not: what failed last in it. */
  failure: NotedFailure | null;
  /** Of work on many texts at once, the span of each by its index. */
  ofTexts: readonly (Span | null)[];
}

const scopes = new AsyncLocalStorage<TraceScope>();

/** The span of the work that runs now; null where it is not recorded. */
export function currentSpan(): Span | null {
  return scopes.getStore()?.span ?? null;
}

/** Whether work runs now that is recorded where it fails alone. */
export function isWithinUnrecorded(): boolean {
  const scope = scopes.getStore();
  return scope !== undefined && scope.span === null;
}

/** What goes beside a message or call of the work that runs now; undefined where it is not recorded. */
export function currentTraceparent(): string | undefined {
  const span = currentSpan();
  return span === null ? undefined : formatTraceparent(span.context);
}

export const emptyScope: Readonly<TraceScope> = { span: null, failure: null, ofTexts: [] };

/** Runs work with its scope, in which a failure is noted. */
export function inScope<T>(scope: TraceScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Runs work in a span, which ends with it; without one the work alone. */
export async function inSpan<T>(span: Span | null, work: () => T | Promise<T>): Promise<T> {
  if (span === null) return work();
  try {
    return await inScope({ ...emptyScope, span }, work);
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs work in a span within the current one; without that the work alone. */
export async function inChildSpan<T>(
  name: string,
  options: SpanOptions,
  work: () => T | Promise<T>,
): Promise<T> {
  return inSpan(currentSpan()?.child(name, options) ?? null, work);
}

/**
 * Runs what concerns one text of a delivery in the trace that the text came with. One that came with
 * none is in no trace of the others: whose it is may hide that there was a vote. Where it fails, the
 * delivery does.
 */
export async function inTraceOfText<T>(index: number, work: () => Promise<T>): Promise<T> {
  const delivery = scopes.getStore();
  if (delivery === undefined) return work();
  const scope: TraceScope = { ...emptyScope, span: delivery.ofTexts[index] ?? null };
  try {
    return await inScope(scope, work);
  } finally {
    if (scope.failure !== null) noteIn(delivery, scope.failure);
  }
}

/** A failure was logged in the work that runs now: a trace of it is kept whatever is sampled. */
export function noteFailure(error: unknown, attributes: SpanAttributes): void {
  const scope = scopes.getStore();
  if (scope !== undefined) noteIn(scope, { error, attributes });
}

/** Notes it of the work, and of the traces of all texts that it is for. */
function noteIn(scope: TraceScope, failure: NotedFailure): void {
  const { span, ofTexts } = scope;
  if (span === null) scope.failure = failure;
  for (const each of new Set([span, ...ofTexts])) each?.fail(failure.error, failure.attributes);
}

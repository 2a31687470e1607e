import { limits } from "../../shared/limits.ts";
import type { Span, SpanOptions } from "./span.ts";
import type { SpanContext } from "./span-context.ts";
import { emptyScope, inScope } from "./trace-scope.ts";
import type { Tracer } from "./tracer.ts";

/**
 * Runs work on texts that came together, each perhaps with the trace that it was sent in: each of
 * those traces goes on with a span of the work. What the texts have in common stands in the first,
 * to which the others link.
 */
export async function traceDelivery<T>(
  tracer: Tracer,
  {
    name,
    parents,
    ...options
  }: SpanOptions & { name: string; parents: readonly (SpanContext | null)[] },
  work: () => Promise<T>,
): Promise<T> {
  const spans = new Map<string, Span | null>();
  for (const parent of parents) {
    if (parent === null || spans.has(parent.spanId)) continue;
    if (spans.size === limits.deliveryTracesMax) break;
    spans.set(parent.spanId, tracer.start(name, { ...options, parent }));
  }
  const begun = [...spans.values()].filter((span) => span !== null);
  const [first, ...others] = begun;
  // Nothing of it is recorded, unless it fails.
  if (first === undefined) return tracer.trace(name, { ...options, recorded: "failures" }, work);
  for (const other of others) other.link(first.context);
  const ofTexts = parents.map((parent) =>
    parent === null ? null : (spans.get(parent.spanId) ?? null),
  );
  try {
    return await inScope({ ...emptyScope, span: first, ofTexts }, work);
  } catch (error) {
    for (const span of begun) span.fail(error);
    throw error;
  } finally {
    for (const span of begun) span.end();
  }
}

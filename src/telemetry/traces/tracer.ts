import { Span, type SpanOptions, type SpanSink } from "./span.ts";
import type { SpanContext } from "./span-context.ts";
import { emptyScope, inScope, inSpan, isWithinUnrecorded, type TraceScope } from "./trace-scope.ts";

export interface TraceOptions extends SpanOptions {
  /** The span that this goes on from, with its trace. */
  parent?: SpanContext | null;
  /** Which are recorded: some of them, all, or those alone that fail. Some, where it is not said. */
  recorded?: "sample" | "all" | "failures";
}

/** Begins traces. Where traces are off it begins none, and what it does costs nothing. */
export interface Tracer {
  readonly isOn: boolean;
  /** Chooses by chance what is recorded. */
  sample(): boolean;
  /** A trace that is recorded; null where traces are off. */
  start(name: string, options?: TraceOptions): Span | null;
  /** Records what was not sampled and has failed, from when it began. */
  recordFailure(name: string, error: unknown, options?: TraceOptions): void;
  /**
   * Runs work as a trace of its own: recorded as `recorded` says, and where it throws or a
   * failure is logged in it.
   */
  trace<T>(name: string, options: TraceOptions, work: () => Promise<T>): Promise<T>;
}

/** Of a deployment without traces. */
export const noTracer: Tracer = {
  isOn: false,
  sample: () => false,
  start: () => null,
  recordFailure: () => {},
  trace: (_name, _options, work) => work(),
};

export interface SamplingOptions {
  /** The share of traces that are recorded, from 0 to 1. */
  share: number;
  /** From 0 to below 1. */
  random: () => number;
}

/** Traces that go to a sink. */
export function sampledTracer(sink: SpanSink, { share, random }: SamplingOptions): Tracer {
  const sample = (): boolean => random() < share;
  const start = (name: string, options: TraceOptions = {}): Span => Span.start(sink, name, options);
  const recordFailure = (name: string, error: unknown, options: TraceOptions = {}): void => {
    const span = start(name, options);
    span.fail(error, options.attributes);
    span.end();
  };
  const traceUnsampled = async <T>(
    name: string,
    options: TraceOptions,
    work: () => Promise<T>,
  ): Promise<T> => {
    // A failure is recorded once, by what is around it.
    if (isWithinUnrecorded()) return work();
    const scope: TraceScope = { ...emptyScope };
    const startedAt = Date.now();
    try {
      return await inScope(scope, work);
    } catch (error) {
      scope.failure ??= { error, attributes: {} };
      throw error;
    } finally {
      const { failure } = scope;
      if (failure !== null) {
        const attributes = { ...options.attributes, ...failure.attributes };
        recordFailure(name, failure.error, { ...options, attributes, startedAt });
      }
    }
  };
  return {
    isOn: true,
    sample,
    start,
    recordFailure,
    trace(name, options, work) {
      const { recorded = "sample" } = options;
      const isRecorded = recorded === "all" || (recorded === "sample" && sample());
      return isRecorded ? inSpan(start(name, options), work) : traceUnsampled(name, options, work);
    },
  };
}

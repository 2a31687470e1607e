import { describeCause } from "../../shared/loggable-error.ts";
import { limits } from "../../shared/limits.ts";
import type { SpanAttributes } from "./span-attributes.ts";
import { newSpanId, newTraceId, type SpanContext } from "./span-context.ts";

export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";

/** A span as it is told, times in ms. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly context: SpanContext;
  readonly parentSpanId: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: SpanAttributes;
  readonly links: readonly SpanContext[];
  /** Links that were one too many. */
  readonly linksDropped: number;
  readonly isFailed: boolean;
}

/** Where spans go. It never throws and never waits. */
export interface SpanSink {
  /** Hears of a span that begins; `parent` is what it gave for the one around it. */
  begin(name: string, parent: BegunSpan | null): BegunSpan;
}

/** A span that has begun, as its sink knows it. */
export interface BegunSpan {
  end(span: FinishedSpan): void;
}

export interface SpanOptions {
  kind?: SpanKind;
  attributes?: SpanAttributes;
  links?: readonly SpanContext[];
  /** In ms; now where there is none. */
  startedAt?: number;
}

/** The spans that one trace may still begin here. */
interface SpanBudget {
  left: number;
}

/** One step of a trace that is recorded. What is not recorded has no span at all. */
export class Span {
  readonly context: SpanContext;
  readonly #name: string;
  readonly #kind: SpanKind;
  readonly #parentSpanId: string | null;
  readonly #startedAt: number;
  readonly #attributes: SpanAttributes;
  readonly #links: SpanContext[];
  readonly #begun: BegunSpan;
  readonly #sink: SpanSink;
  readonly #budget: SpanBudget;
  #linksDropped = 0;
  #isFailed = false;
  #isEnded = false;

  private constructor(
    sink: SpanSink,
    name: string,
    { kind = "internal", attributes = {}, links = [], startedAt = Date.now() }: SpanOptions,
    {
      parent,
      begun = null,
      budget,
    }: { parent: SpanContext | null; begun?: BegunSpan | null; budget: SpanBudget },
  ) {
    this.#sink = sink;
    this.#name = name;
    this.#kind = kind;
    this.#attributes = { ...attributes };
    this.#links = [];
    this.#startedAt = startedAt;
    this.#parentSpanId = parent?.spanId ?? null;
    this.#budget = budget;
    this.context = { traceId: parent?.traceId ?? newTraceId(), spanId: newSpanId() };
    this.#begun = sink.begin(name, begun);
    for (const link of links) this.link(link);
  }

  /** The first span of a trace here; of the trace of `parent`, where there is one. */
  static start(
    sink: SpanSink,
    name: string,
    { parent = null, ...options }: SpanOptions & { parent?: SpanContext | null },
  ): Span {
    return new Span(sink, name, options, { parent, budget: { left: limits.traceSpansMax } });
  }

  /** A span within this one; null once this one has ended, or its trace has too many. */
  child(name: string, options: SpanOptions = {}): Span | null {
    if (this.#isEnded || this.#budget.left === 0) return null;
    this.#budget.left -= 1;
    const within = { parent: this.context, begun: this.#begun, budget: this.#budget };
    return new Span(this.#sink, name, options, within);
  }

  set(attributes: SpanAttributes): void {
    Object.assign(this.#attributes, attributes);
  }

  /** Points to a span of another trace. */
  link(context: SpanContext): void {
    if (this.#links.length < limits.spanLinksMax) this.#links.push(context);
    else this.#linksDropped += 1;
  }

  /** Something has failed in it; of its error as much is told as the log may hold. */
  fail(error: unknown, attributes: SpanAttributes = {}): void {
    this.#isFailed = true;
    this.set({ "error.type": describeCause(error), ...attributes });
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#begun.end({
      name: this.#name,
      kind: this.#kind,
      context: this.context,
      parentSpanId: this.#parentSpanId,
      startedAt: this.#startedAt,
      endedAt: Math.max(Date.now(), this.#startedAt),
      attributes: this.#attributes,
      links: this.#links,
      linksDropped: this.#linksDropped,
      isFailed: this.#isFailed,
    });
  }
}

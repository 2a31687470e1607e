/** What a span is known by to those that continue or link to it (W3C Trace Context, section 3.2). */
export interface SpanContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

const shape = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(-.*)?$/;

/**
 * The span that a `traceparent` names; null where it names none. Its `sampled` flag is not read:
 * whoever asks doesn't decide what is recorded here.
 */
export function readTraceparent(text: string | null | undefined): SpanContext | null {
  const [, version, traceId, spanId, more] = shape.exec(text ?? "") ?? [];
  if (version === undefined || traceId === undefined || spanId === undefined) return null;
  // Version 00 ends with the flags; ff is none.
  if (version === "ff" || (version === "00" && more !== undefined)) return null;
  return isNothing(traceId) || isNothing(spanId) ? null : { traceId, spanId };
}

/** The `traceparent` of a span. There is a span only where it is recorded, so it is `sampled`. */
export function formatTraceparent({ traceId, spanId }: SpanContext): string {
  return `00-${traceId}-${spanId}-01`;
}

export function newTraceId(): string {
  return randomHex(16);
}

export function newSpanId(): string {
  return randomHex(8);
}

function isNothing(id: string): boolean {
  return /^0+$/.test(id);
}

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { allowedAttributes, type SpanAttributes } from "./span-attributes.ts";
import type { FinishedSpan } from "./span.ts";

/** Who sends spans: OpenTelemetry's `service.name` and `service.version`. */
export interface TracedService {
  name: string;
  version: string;
}

/** Numbers of the kinds and states in OTLP's `trace.proto`. */
const kinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
const failed = 2;
/** Flags of a sampled span, whose parent is known to be remote or not: not told. */
const sampledFlag = 1;

/** A span as OTLP/JSON has it: ids as hexadecimal, times in ns and integers as strings. */
export function encodeSpan(span: FinishedSpan): string {
  const { context, parentSpanId, name, kind, startedAt, endedAt } = span;
  return JSON.stringify({
    ...context,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    flags: sampledFlag,
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: encodeAttributes(span.attributes),
    ...(span.links.length === 0 ? {} : { links: span.links }),
    ...(span.linksDropped === 0 ? {} : { droppedLinksCount: span.linksDropped }),
    status: span.isFailed ? { code: failed } : {},
  });
}

/** The body of one request with spans that `encodeSpan` has made. */
export function encodeRequest({ name, version }: TracedService, spans: readonly string[]): string {
  const resource = {
    attributes: [
      { key: "service.name", value: { stringValue: name } },
      { key: "service.version", value: { stringValue: version } },
    ],
  };
  const scope = JSON.stringify({ name: "enviro-governance", version });
  return `{"resourceSpans":[{"resource":${JSON.stringify(resource)},"scopeSpans":[{"scope":${scope},"spans":[${spans.join(",")}]}]}]}`;
}

function encodeAttributes(attributes: SpanAttributes): object[] {
  return allowedAttributes(attributes).map(([key, value]) => ({ key, value: encodeValue(value) }));
}

function encodeValue(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  return typeof value === "number" ? { intValue: String(value) } : { boolValue: value };
}

/** Whole ms, as strings: a number of ns has more digits than a double. */
function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}

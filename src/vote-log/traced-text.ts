import type { SpanOptions } from "../telemetry/traces/span.ts";
import { readTraceparent, type SpanContext } from "../telemetry/traces/span-context.ts";

/** A text as it was delivered, without the span that it was sent in. */
export interface DeliveredText {
  text: string;
  parent: SpanContext | null;
}

/** What a span says that sends to a queue or topic. */
export function sending(system: "cloudflare_queues" | "kafka", destination?: string): SpanOptions {
  return {
    kind: "producer",
    attributes: {
      "messaging.system": system,
      "messaging.operation.type": "send",
      "messaging.destination.name": destination,
    },
  };
}

const marker = "traceparent ";

/**
 * A text of a queue, whose messages have no headers, with the span that sends it on a line before
 * it: beside the text, which neither signature nor database nor dead letters know of.
 */
export function prefixTrace(text: string, traceparent: string | undefined): string {
  return traceparent === undefined ? text : `${marker}${traceparent}\n${text}`;
}

/** The text of a message, and the span that stood before it. */
export function splitTrace(body: string): DeliveredText {
  const end = body.startsWith(marker) ? body.indexOf("\n") : -1;
  if (end === -1) return { text: body, parent: null };
  return { text: body.slice(end + 1), parent: readTraceparent(body.slice(marker.length, end)) };
}

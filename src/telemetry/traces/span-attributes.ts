/**
 * The one list of what a span may say, by OpenTelemetry's semantic conventions where they have a
 * name. No voter, credential, choice, region, address, path, query, header, body or seq, no number
 * of votes, and outside of rehearsals no decision beside the request of a vote.
 */
export interface SpanAttributes {
  "http.request.method"?: string | undefined;
  /** A route's pattern, never a path. */
  "http.route"?: string | undefined;
  "http.response.status_code"?: number | undefined;
  /** The code of a refusal. */
  "enviro.outcome.code"?: string | undefined;
  "enviro.decision.id"?: string | undefined;
  "enviro.shard.number"?: number | undefined;
  /** Whether the decision is a rehearsal, whose results never count. */
  "enviro.rehearsal"?: boolean | undefined;
  /** The event of `src/shared/log-line.ts` that was logged of a failure. */
  "enviro.log.event"?: string | undefined;
  /** The kind of an error, and its codes, as the log has them. */
  "error.type"?: string | undefined;
  "rpc.system"?: "cloudflare_durable_objects" | undefined;
  "rpc.service"?: string | undefined;
  "rpc.method"?: string | undefined;
  "messaging.system"?: "cloudflare_queues" | "kafka" | undefined;
  "messaging.operation.type"?: "send" | "receive" | "process" | undefined;
  /** A queue or topic. */
  "messaging.destination.name"?: string | undefined;
}

const name = /^[a-z0-9][a-z0-9._-]{0,127}$/i;
const words = /^[a-z][a-z ]{0,63}$/i;

/** What each attribute looks like. A value of another shape is left out, whatever its type claims. */
const shapes: Readonly<Record<keyof SpanAttributes, RegExp>> = {
  "http.request.method": /^[A-Z]{3,7}$/,
  "http.route": /^\/[a-z0-9_.\-/*]*(?::[a-z]+[a-z0-9_.\-/*]*)*$/i,
  "http.response.status_code": /^[1-5]\d\d$/,
  "enviro.outcome.code": /^[a-z_]{1,32}(?:\.[a-z_]{1,48})?$/,
  "enviro.decision.id": name,
  "enviro.shard.number": /^\d{1,3}$/,
  "enviro.rehearsal": /^(?:true|false)$/,
  "enviro.log.event": /^[a-z_]{1,32}\.[a-z_]{1,48}$/,
  "error.type": /^[A-Za-z][\w ().,:;'"-]{0,255}$/,
  "rpc.system": name,
  "rpc.service": words,
  "rpc.method": name,
  "messaging.system": name,
  "messaging.operation.type": name,
  "messaging.destination.name": name,
};

/** The attributes that may be told, with values that have their shapes. */
export function allowedAttributes(
  attributes: SpanAttributes,
): [name: string, value: string | number | boolean][] {
  return Object.entries(attributes).flatMap(([key, value]: [string, unknown]) =>
    Object.hasOwn(shapes, key) && hasShape(key as keyof SpanAttributes, value)
      ? [[key, value]]
      : [],
  );
}

function hasShape(key: keyof SpanAttributes, value: unknown): value is string | number | boolean {
  if (!["string", "number", "boolean"].includes(typeof value)) return false;
  return shapes[key].test(String(value));
}

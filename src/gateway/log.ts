import { pino } from "pino";
import { describeError } from "../shared/loggable-error.ts";

/** All that a line can be about. */
type GatewayEvent =
  | "a request was refused"
  | "an idle consumer instance leaves its group"
  | "connections were cut off"
  | "consumer instance"
  | "listening"
  | "readiness"
  | "redis"
  | "redis will not be connected"
  | "requests were cut off at the end"
  | "spans were dropped"
  | "stopping";

/** All that a line can hold: no key, value, name of a group or topic, header, path or login. */
export interface GatewayFields {
  backend?: "kafka" | "redis";
  /** `up`, or the code of a refusal. */
  state?: string;
  code?: string;
  /** How many lines of its kind were kept back before this one. */
  unsaid?: number;
  signal?: "SIGTERM" | "SIGINT";
  origin?: string;
  kafka?: boolean;
  redis?: boolean;
  tls?: boolean;
  /** How the gateway logs in to the brokers. */
  mechanism?: string;
  /** Described by `describeError`: its kind, and its message only where that quotes nothing. */
  error?: unknown;
}

/** JSON lines on stdout. */
export interface GatewayLog {
  info(event: GatewayEvent, fields?: GatewayFields): void;
  warn(event: GatewayEvent, fields?: GatewayFields): void;
  error(event: GatewayEvent, fields?: GatewayFields): void;
}

/** What each field looks like; what has another shape is left out. */
const fieldShapes: Readonly<Record<Exclude<keyof GatewayFields, "error">, RegExp>> = {
  backend: /^(?:kafka|redis)$/,
  state: /^(?:up|[a-z]+\.[a-z_]+)$/,
  code: /^[a-z]+\.[a-z_]+$/,
  unsaid: /^\d{1,15}$/,
  signal: /^SIG[A-Z]{1,8}$/,
  origin: /^http:\/\/[\w.:[\]-]{1,255}$/,
  kafka: /^(?:true|false)$/,
  redis: /^(?:true|false)$/,
  tls: /^(?:true|false)$/,
  mechanism: /^(?:none|PLAIN|SCRAM-SHA-(?:256|512))$/,
};

/** A log of one level and above; `write` takes each line, where it is not stdout. */
export function createLog(level: string, write?: (line: string) => void): GatewayLog {
  const options = { level, base: null };
  const log = write === undefined ? pino(options) : pino(options, { write });
  const at =
    (name: "info" | "warn" | "error") =>
    (event: GatewayEvent, fields: GatewayFields = {}): void =>
      log[name](allowedFields(fields), event);
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

function allowedFields({ error, ...fields }: GatewayFields): Record<string, unknown> {
  const allowed = Object.entries(fields).filter(
    ([field, value]) =>
      Object.hasOwn(fieldShapes, field) &&
      fieldShapes[field as keyof typeof fieldShapes].test(String(value)),
  );
  return {
    ...Object.fromEntries(allowed),
    ...(error === undefined ? {} : { error: describeError(error) }),
  };
}

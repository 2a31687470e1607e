import { pino, type Logger } from "pino";

export type GatewayLog = Logger;

/**
 * JSON lines on stdout. No line holds a body, a header or the environment, so there is nothing to
 * redact; errors are written as name, code and message, since the Kafka client hangs whole requests
 * on its errors.
 */
export function createLog(level: string): GatewayLog {
  return pino({ level, base: null, serializers: { error: describeError } });
}

/** An error and what caused it, innermost last, without anything that hangs on it. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: "not an error" };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const errors = error instanceof AggregateError ? error.errors.slice(0, 3).map(describeError) : [];
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(errors.length === 0 ? {} : { errors }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

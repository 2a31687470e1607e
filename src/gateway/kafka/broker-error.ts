import { GatewayRefusal, type RefusalCode } from "../refusal.ts";

/**
 * What the protocol's errors mean to a caller; the rest is `kafka.refused` with the broker's own
 * word.
 */
const codes: Record<string, RefusalCode> = {
  UNKNOWN_TOPIC_OR_PARTITION: "kafka.unknown_topic",
  INVALID_TOPIC_EXCEPTION: "kafka.unknown_topic",
  UNKNOWN_TOPIC_ID: "kafka.unknown_topic",
  MESSAGE_TOO_LARGE: "kafka.record_too_large",
  RECORD_LIST_TOO_LARGE: "kafka.record_too_large",
  SASL_AUTHENTICATION_FAILED: "kafka.login_refused",
  UNSUPPORTED_SASL_MECHANISM: "kafka.login_refused",
  TOPIC_AUTHORIZATION_FAILED: "kafka.forbidden",
  GROUP_AUTHORIZATION_FAILED: "kafka.forbidden",
  CLUSTER_AUTHORIZATION_FAILED: "kafka.forbidden",
  ILLEGAL_GENERATION: "kafka.rebalancing",
  UNKNOWN_MEMBER_ID: "kafka.rebalancing",
  REBALANCE_IN_PROGRESS: "kafka.rebalancing",
  REQUEST_TIMED_OUT: "kafka.too_slow",
  NOT_ENOUGH_REPLICAS: "kafka.unreachable",
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: "kafka.unreachable",
  LEADER_NOT_AVAILABLE: "kafka.unreachable",
  NOT_LEADER_OR_FOLLOWER: "kafka.unreachable",
  COORDINATOR_LOAD_IN_PROGRESS: "kafka.unreachable",
  COORDINATOR_NOT_AVAILABLE: "kafka.unreachable",
  NOT_COORDINATOR: "kafka.unreachable",
};

/** The client wraps errors in errors, as parts and as causes; deeper than this it never does. */
const depthMax = 8;

/** Whether the brokers' answer was, or contains, this error of the protocol. */
export function isBrokerError(error: unknown, apiId: string): boolean {
  return errorsIn(error).some((each) => "apiId" in each && each.apiId === apiId);
}

/**
 * Turns what the Kafka client throws into a refusal; what is none of its errors comes back as it
 * is.
 */
export function dialectErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof GatewayRefusal) return error;
  const cause = { cause: error };
  const errors = errorsIn(error);
  const known = Object.entries(codes).find(([apiId]) => isBrokerError(error, apiId));
  if (known !== undefined) return new GatewayRefusal(known[1], undefined, cause);
  // The client names an unknown topic in the message of a usage error, without the protocol's code.
  const unknownTopic = /^Unknown topic (.*)\.$/.exec(error.message);
  if (unknownTopic !== null)
    return new GatewayRefusal("kafka.unknown_topic", unknownTopic[1], cause);
  // The innermost reason counts: a connection fails because of a login or a silence.
  const kinds = [
    ["PLT_KFK_AUTHENTICATION", "kafka.login_refused"],
    ["PLT_KFK_TIMEOUT", "kafka.too_slow"],
    ["PLT_KFK_NETWORK", "kafka.unreachable"],
    ["PLT_KFK_", "kafka.refused"],
  ] as const;
  for (const [prefix, code] of kinds) {
    const isKind = errors.some((each) => "code" in each && String(each.code).startsWith(prefix));
    if (isKind) return new GatewayRefusal(code, undefined, cause);
  }
  return error;
}

/** Does something with the Kafka client; what it throws is a refusal, or a defect of ours. */
export async function askBrokers<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw dialectErrorOf(error);
  }
}

/** The error with all that it contains and all that caused it. */
function errorsIn(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > depthMax) return [];
  const parts: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error, ...[...parts, error.cause].flatMap((each) => errorsIn(each, depth + 1))];
}

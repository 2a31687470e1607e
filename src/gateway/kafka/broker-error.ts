import { findErrorBy } from "@platformatic/kafka";
import { Refusal, type RefusalCode } from "../refusal.ts";

/** What the protocol's errors mean to a caller; the rest is `kafka.refused` with the broker's own word. */
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

/** Whether the brokers' answer was, or contains, this error of the protocol. */
export function isBrokerError(error: unknown, apiId: string): boolean {
  return error instanceof Error && findErrorBy(error, "apiId", apiId) !== null;
}

/** Turns what the Kafka client throws into a refusal; what is none of its errors comes back as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal) return error;
  const cause = { cause: error };
  for (const [apiId, code] of Object.entries(codes)) {
    if (isBrokerError(error, apiId)) return new Refusal(code, undefined, cause);
  }
  if (findErrorBy(error, "code", "PLT_KFK_AUTHENTICATION") !== null) {
    return new Refusal("kafka.login_refused", undefined, cause);
  }
  if (findErrorBy(error, "code", "PLT_KFK_TIMEOUT") !== null) {
    return new Refusal("kafka.too_slow", undefined, cause);
  }
  // The client names an unknown topic in the message of a usage error, without the protocol's code.
  const unknownTopic = /^Unknown topic (.*)\.$/.exec(error.message);
  if (unknownTopic !== null) return new Refusal("kafka.unknown_topic", unknownTopic[1], cause);
  if (findErrorBy(error, "code", "PLT_KFK_NETWORK") !== null) {
    return new Refusal("kafka.unreachable", undefined, cause);
  }
  const isClients = "code" in error && String(error.code).startsWith("PLT_KFK_");
  return isClients ? new Refusal("kafka.refused", undefined, cause) : error;
}

/** Does something with the Kafka client, within a time, and throws refusals only. */
export async function askBrokers<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error);
  }
}

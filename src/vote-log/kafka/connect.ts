import { Kafka, UpstashError, type Message } from "@upstash/kafka";
import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";
import type { KafkaSettings } from "./settings.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import { describeCause } from "../../shared/loggable-error.ts";
import { gatewayRefusalIn } from "../../shared/gateway-refusals.ts";

export type KafkaPartition = { topic: string; partition: number };
export type KafkaOffset = KafkaPartition & { offset: number };
export type KafkaHeader = { key: string; value: string };
export type KafkaRecord = { topic: string; key: string; value: string; headers?: KafkaHeader[] };

/**
 * A call to Kafka that was refused (with the gateway's status) or not answered (null): then nobody
 * knows whether it was carried out.
 */
export class KafkaFailure extends Error {
  override readonly name = "KafkaFailure";
  readonly status: number | null;

  constructor(callName: string, cause: unknown) {
    const status = cause instanceof UpstashError ? cause.status : null;
    // The gateway's answer may go on with what it was sent.
    const refusal = cause instanceof Error ? gatewayRefusalIn(cause.message) : null;
    const why = refusal ?? describeCause(cause);
    super(`${callName}: ${why}${status === null ? "" : ` (${status})`}`);
    this.status = status;
  }
}

/**
 * The calls that the platform makes of the genuine client. Each is tried once, within a deadline:
 * whoever calls knows what may be repeated.
 */
export type KafkaConnection = ReturnType<typeof connectKafka>;

export function connectKafka({
  url,
  username,
  password,
  group,
}: Pick<KafkaSettings, "url" | "username" | "password" | "group">) {
  const kafka = withoutRetries(new Kafka({ url, username, password }));
  const producer = kafka.producer();
  const consumer = kafka.consumer();
  const admin = kafka.admin();
  const asMember = (instanceId: string) => ({ consumerGroupId: group, instanceId });
  return {
    /**
     * Returns once every in-sync replica has all records. When it throws, any of them may have been
     * written.
     */
    produce: (records: readonly KafkaRecord[]) =>
      call("produce", limits.kafkaProduceMsMax, producer.produceMany([...records])),

    /**
     * The next records of an instance's partitions. When it throws, an answer may be lost on its
     * way: the instance is not to be used again.
     */
    consume: (instanceId: string, topics: readonly string[]): Promise<Message[]> =>
      call(
        "consume",
        limits.kafkaConsumeWaitMs + limits.kafkaAnswerMsMax,
        consumer.consume({
          ...asMember(instanceId),
          topics: [...topics],
          timeout: limits.kafkaConsumeWaitMs,
          autoCommit: false,
          autoOffsetReset: "earliest",
        }),
      ),

    commit: (instanceId: string, offset: KafkaOffset[]): Promise<void> =>
      call("commit", limits.kafkaAnswerMsMax, consumer.commit({ ...asMember(instanceId), offset })),

    /** Takes an instance out of the group, so that its partitions go to others at once. */
    leave: (instanceId: string): Promise<void> =>
      call("leave", limits.kafkaAnswerMsMax, admin.removeConsumerInstance(group, instanceId)),

    /** The number of partitions of every topic there is. */
    topics: (): Promise<Record<string, number>> =>
      call("topics", limits.kafkaAnswerMsMax, admin.topics()),
  };
}

async function call<Answer>(name: string, ms: number, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await withDeadline(answer, ms);
  } catch (error) {
    throw new KafkaFailure(name, error);
  }
}

/**
 * The client repeats every error five times over 15.5 s, a wrong password too, and offers no
 * setting for it; but the one object that all its calls go through takes the number of retries with
 * each request.
 */
function withoutRetries(kafka: Kafka): Kafka {
  const http: unknown = Reflect.get(kafka, "client");
  if (typeof http !== "object" || http === null)
    throw new LoggableError("@upstash/kafka has changed");
  const request: unknown = Reflect.get(http, "request");
  if (typeof request !== "function") throw new LoggableError("@upstash/kafka has changed");
  Reflect.set(http, "request", (method: string, wanted: object): unknown =>
    Reflect.apply(request, http, [method, { ...wanted, retries: 0 }]),
  );
  return kafka;
}

import { z } from "zod";
import { limits } from "../../shared/limits.ts";

/**
 * The bodies of Upstash's Kafka REST calls, as `@upstash/kafka` 1.3 sends them. Unknown members are
 * let pass, as Upstash did.
 */

const topic = z.string().min(1).max(249);
const partition = z.int().min(0);
const offset = z.int().min(0);
const waitMs = z.int().min(0).max(limits.gatewayConsumeWaitMsMax).optional();

const produceItem = z.object({
  topic,
  value: z.string(),
  key: z.string().optional(),
  partition: partition.optional(),
  timestamp: z.int().min(0).optional(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
});
export type ProduceItem = z.infer<typeof produceItem>;

export const produceBody = z.union([
  z.array(produceItem).min(1).max(limits.gatewayProduceRecordsMax),
  produceItem.transform((item) => [item]),
]);

export const consumeBody = z
  .object({
    topic: topic.optional(),
    topics: z.array(topic).max(limits.gatewayTopicsMax).optional(),
    timeout: waitMs,
  })
  .transform(({ timeout, ...body }) => ({
    topics: [
      ...new Set([...(body.topics ?? []), ...(body.topic === undefined ? [] : [body.topic])]),
    ],
    waitMs: timeout ?? limits.gatewayConsumeWaitMsDefault,
  }))
  .refine(({ topics }) => topics.length > 0, "name a topic");

const topicPartition = z.object({ topic, partition });
const topicPartitionOffset = z.object({ topic, partition, offset });
export type TopicPartition = z.infer<typeof topicPartition>;
export type TopicPartitionOffset = z.infer<typeof topicPartitionOffset>;

const partitionsMax = limits.gatewayPartitionsMax;

/** Nothing means: what the instance was given last. */
export const commitBody = z
  .union([
    z.array(topicPartitionOffset).max(partitionsMax),
    topicPartitionOffset.transform((one) => [one]),
  ])
  .optional();

export const partitionsBody = z.array(topicPartition).min(1).max(partitionsMax);

/** A single place, a list of places, or both. */
export const fetchBody = z
  .object({
    topic: topic.optional(),
    partition: partition.optional(),
    offset: offset.optional(),
    topicPartitionOffsets: z.array(topicPartitionOffset).max(partitionsMax).optional(),
    timeout: waitMs,
  })
  .transform(({ topicPartitionOffsets = [], timeout, ...one }) => {
    const single = topicPartitionOffset.safeParse(one);
    return {
      places: single.success ? [...topicPartitionOffsets, single.data] : topicPartitionOffsets,
      waitMs: timeout ?? limits.gatewayConsumeWaitMsDefault,
    };
  })
  .refine(({ places }) => places.length > 0, "name a topic, a partition and an offset");

export const offsetsTime = z.union([
  z.literal("earliest").transform(() => -2n),
  z.literal("latest").transform(() => -1n),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(BigInt),
]);

/** An instance's options stand in the headers of its first request. */
export const consumerOptions = z
  .object({
    "kafka-enable-auto-commit": z.enum(["true", "false"]).default("true"),
    "kafka-auto-commit-interval": z.coerce.number().pipe(z.int().min(0)).default(5_000),
    "kafka-auto-offset-reset": z.enum(["earliest", "latest", "none"]).default("latest"),
  })
  .transform((headers) => ({
    autoCommit: headers["kafka-enable-auto-commit"] === "true",
    autoCommitMs: headers["kafka-auto-commit-interval"],
    offsetReset: headers["kafka-auto-offset-reset"],
  }));
export type ConsumerOptions = z.infer<typeof consumerOptions>;
export type OffsetReset = ConsumerOptions["offsetReset"];

import type { Base, ClusterTopicMetadata } from "@platformatic/kafka";
import { GatewayRefusal } from "../refusal.ts";

/**
 * The partitions of the topics, each with a leader that is known.
 * @throws {GatewayRefusal} a topic is unknown, or a partition has no leader now; the client would
 *   stumble over that later and less politely.
 */
export async function describeTopics(
  client: Base,
  topics: readonly string[],
): Promise<Map<string, ClusterTopicMetadata>> {
  const metadata = await client.metadata({ topics: [...new Set(topics)] });
  for (const [name, topic] of metadata.topics) {
    // The client's map has a key for every topic asked for, whatever it found.
    if ((topic as ClusterTopicMetadata | undefined) === undefined) {
      throw new GatewayRefusal("kafka.unknown_topic", name);
    }
    if (!topic.partitions.every(({ leader }) => metadata.brokers.has(leader))) {
      client.clearMetadata();
      throw new GatewayRefusal("kafka.unreachable", `a partition of ${name} has no leader`);
    }
  }
  return metadata.topics;
}

/**
 * @throws {GatewayRefusal} one of them does not exist; the client would take another partition
 * instead.
 */
export async function requirePartitions(
  client: Base,
  wanted: readonly { topic: string; partition?: number | undefined }[],
): Promise<Map<string, ClusterTopicMetadata>> {
  const topics = await describeTopics(
    client,
    wanted.map(({ topic }) => topic),
  );
  for (const { topic, partition } of wanted) {
    const partitions = topics.get(topic)?.partitionsCount ?? 0;
    if (partition !== undefined && partition >= partitions) {
      throw new GatewayRefusal(
        "kafka.unknown_partition",
        `${topic} has ${partitions}, counted from 0`,
      );
    }
  }
  return topics;
}

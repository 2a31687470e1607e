import type { Admin } from "@platformatic/kafka";
import type { TopicPartition } from "./dialect.ts";
import { requirePartitions } from "./topics.ts";

/** What Kafka says where there is no offset. */
const none = -1;

type PartitionOffset = TopicPartition & { offset: number };

/** What a group has committed, in the order asked for; -1 where it has committed nothing. */
export async function committedOffsets(
  admin: Admin,
  groupId: string,
  wanted: readonly TopicPartition[],
): Promise<PartitionOffset[]> {
  await requirePartitions(admin, wanted);
  const topics = [...Map.groupBy(wanted, ({ topic }) => topic)].map(([name, partitions]) => ({
    name,
    partitionIndexes: partitions.map(({ partition }) => partition),
  }));
  const [group] = await admin.listConsumerGroupOffsets({ groups: [{ groupId, topics }] });
  return wanted.map(({ topic, partition }) => {
    const found = group?.topics
      .find(({ name }) => name === topic)
      ?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
    return { topic, partition, offset: Number(found?.committedOffset ?? none) };
  });
}

/**
 * The earliest offset at or after a time (or -2 earliest, -1 latest), in the order asked for; -1
 * where no record is that new.
 */
export async function offsetsAt(
  admin: Admin,
  timestamp: bigint,
  wanted: readonly TopicPartition[],
): Promise<PartitionOffset[]> {
  await requirePartitions(admin, wanted);
  const topics = [...Map.groupBy(wanted, ({ topic }) => topic)].map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition }) => ({ partitionIndex: partition, timestamp })),
  }));
  const found = await admin.listOffsets({ topics });
  return wanted.map(({ topic, partition }) => {
    const entry = found
      .find(({ name }) => name === topic)
      ?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
    return { topic, partition, offset: Number(entry?.offset ?? none) };
  });
}

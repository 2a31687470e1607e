import { IS_CONTROL, type RecordsBatch } from "@platformatic/kafka";

/** A record as the dialect gives it: offsets and times as numbers, keys and values as text. */
export type ConsumedMessage = {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  key: string;
  value: string;
  headers: { key: string; value: string }[];
};

/** What was read of a partition, and where reading goes on: past records that are nobody's, too. */
export type PartitionRead = {
  topic: string;
  partition: number;
  messages: ConsumedMessage[];
  nextOffset: bigint;
};

/**
 * The records of a partition from an offset on, at most `max`. A batch begins before the offset
 * where that lies inside it.
 */
export function readBatches(
  { topic, partition, offset }: { topic: string; partition: number; offset: bigint },
  batches: readonly RecordsBatch[],
  max: number,
): PartitionRead {
  const read: PartitionRead = { topic, partition, messages: [], nextOffset: offset };
  for (const batch of batches) {
    // Marks of transactions have offsets of their own and are no records.
    const records = (batch.attributes & IS_CONTROL) === 0 ? batch.records : [];
    for (const record of records) {
      const at = batch.firstOffset + BigInt(record.offsetDelta);
      if (at < read.nextOffset) continue;
      if (read.messages.length >= max) return read;
      read.messages.push({
        topic,
        partition,
        offset: Number(at),
        timestamp: Number(batch.firstTimestamp + record.timestampDelta),
        key: record.key?.toString() ?? "",
        value: record.value?.toString() ?? "",
        headers: record.headers.map(([key, value]) => ({
          key: key?.toString() ?? "",
          value: value?.toString() ?? "",
        })),
      });
      read.nextOffset = at + 1n;
    }
    const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
    if (end > read.nextOffset) read.nextOffset = end;
  }
  return read;
}

import {
  murmur2,
  ProduceAcks,
  type ClusterTopicMetadata,
  type Producer,
} from "@platformatic/kafka";
import { limits } from "../../shared/limits.ts";
import { withDeadline } from "../../shared/deadline.ts";
import { GatewayRefusal } from "../refusal.ts";
import { askBrokers } from "./broker-error.ts";
import type { ProduceItem } from "./dialect.ts";
import { requirePartitions } from "./topics.ts";

export type Produced = { topic: string; partition: number; offset: number; timestamp: number };

/**
 * Java's clients drop the sign before they divide: the same key meets the same partition whoever
 * produces it.
 */
const positiveMask = 0x7fffffff;

/** Writes records to any topics. */
export class RecordProducer {
  readonly #client: Producer;
  /** Partition of the next record without a key, by topic. */
  readonly #next = new Map<string, number>();

  constructor(client: Producer) {
    this.#client = client;
  }

  /**
   * Returns in the order of the items, once every in-sync replica has all of them. When it throws,
   * any of them may have been written: nothing is retried here, since only the caller knows what is
   * safe to repeat.
   */
  async produce(items: readonly ProduceItem[]): Promise<Produced[]> {
    try {
      return await withDeadline(
        askBrokers(() => this.#send(items)),
        limits.gatewayProduceMsMax,
        () => {
          throw new GatewayRefusal("kafka.too_slow");
        },
      );
    } catch (error) {
      // Leaders may have moved; without this the client would ask the old ones until its knowledge
      // is five seconds old.
      this.#client.clearMetadata();
      throw error;
    }
  }

  async #send(items: readonly ProduceItem[]): Promise<Produced[]> {
    const topics = await requirePartitions(this.#client, items);
    const now = Date.now();
    const records = items.map((item) => ({
      topic: item.topic,
      partition: item.partition ?? this.#choosePartition(item, topics),
      timestamp: BigInt(item.timestamp ?? now),
      value: Buffer.from(item.value),
      ...(item.key === undefined ? {} : { key: Buffer.from(item.key) }),
      headers: new Map(
        item.headers?.map(({ key, value }) => [Buffer.from(key), Buffer.from(value)]),
      ),
    }));
    const { offsets = [] } = await this.#client.send({ messages: records, acks: ProduceAcks.ALL });
    // Records of one partition travel as one batch, so their offsets follow one another from the
    // batch's first.
    const next = new Map(offsets.map((each) => [partitionOf(each), Number(each.offset)]));
    return records.map(({ topic, partition, timestamp }) => {
      const key = partitionOf({ topic, partition });
      const offset = next.get(key);
      if (offset === undefined) throw new Error("the broker named no offset for a partition");
      next.set(key, offset + 1);
      return { topic, partition, offset, timestamp: Number(timestamp) };
    });
  }

  #choosePartition(item: ProduceItem, topics: Map<string, ClusterTopicMetadata>): number {
    const partitions = topics.get(item.topic)?.partitionsCount ?? 1;
    if (item.key !== undefined) return (murmur2(item.key) & positiveMask) % partitions;
    const next = this.#next.get(item.topic) ?? 0;
    this.#next.set(item.topic, (next + 1) % partitions);
    return next % partitions;
  }
}

function partitionOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}:${partition}`;
}

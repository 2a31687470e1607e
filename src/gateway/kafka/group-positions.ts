import type { Consumer } from "@platformatic/kafka";
import { GatewayRefusal } from "../refusal.ts";
import type { ConsumedMessage, PartitionRead } from "./consumed-message.ts";
import type { OffsetReset, TopicPartition } from "./dialect.ts";
import type { PartitionPosition } from "./partition-reader.ts";

type Position = TopicPartition & {
  next: bigint;
  /** Whether records before `next` were given out and not committed since. */
  isGiven: boolean;
};

/** Where a member reads on in each partition that it has in this generation of its group. */
export class GroupPositions {
  readonly #member: Consumer;
  readonly #offsetReset: OffsetReset;
  /** Null until the group's committed offsets were asked for in this generation. */
  #positions: Map<string, Position> | null = null;

  constructor(member: Consumer, offsetReset: OffsetReset) {
    this.#member = member;
    this.#offsetReset = offsetReset;
  }

  /** A new generation has begun: others may have read and committed in between. */
  forget(): void {
    this.#positions = null;
  }

  async places(
    assignments: readonly { topic: string; partitions: number[] }[],
  ): Promise<PartitionPosition[]> {
    if (this.#positions === null) {
      const generation = this.#member.generationId;
      const found = await this.#committed(assignments);
      if (generation !== this.#member.generationId) return [];
      this.#positions = found;
    }
    return [...this.#positions.values()].map(({ next, ...place }) => ({ ...place, offset: next }));
  }

  /** Notes what is given out, and returns it without what another member has by now. */
  advance(reads: readonly PartitionRead[]): ConsumedMessage[] {
    return reads.flatMap(({ topic, partition, messages, nextOffset }) => {
      const position = this.#positions?.get(keyOf({ topic, partition }));
      if (position === undefined) return [];
      position.next = nextOffset;
      position.isGiven = true;
      return messages;
    });
  }

  /** The offset after the last record given out, by partition, where that is not committed. */
  given(): PartitionPosition[] {
    return [...(this.#positions?.values() ?? [])]
      .filter(({ isGiven }) => isGiven)
      .map(({ topic, partition, next }) => ({ topic, partition, offset: next }));
  }

  committed(offsets: readonly PartitionPosition[]): void {
    for (const place of offsets) {
      const position = this.#positions?.get(keyOf(place));
      if (position?.next === place.offset) position.isGiven = false;
    }
  }

  /**
   * The log no longer has what the group would read next: goes where the instance's option says.
   */
  async reset(places: readonly PartitionPosition[]): Promise<void> {
    const assignments = [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
      topic,
      partitions: ofTopic.map(({ partition }) => partition),
    }));
    const [earliest, latest] = await Promise.all([
      this.#ends(assignments, -2n),
      this.#ends(assignments, -1n),
    ]);
    for (const place of places) {
      const position = this.#positions?.get(keyOf(place));
      const first = earliest.get(place.topic)?.[place.partition] ?? 0n;
      const end = latest.get(place.topic)?.[place.partition] ?? 0n;
      if (position === undefined || (position.next >= first && position.next <= end)) continue;
      if (this.#offsetReset === "none") throw new GatewayRefusal("kafka.no_offset", keyOf(place));
      position.next = this.#offsetReset === "earliest" ? first : end;
    }
  }

  async #committed(
    assignments: readonly { topic: string; partitions: number[] }[],
  ): Promise<Map<string, Position>> {
    const positions = new Map<string, Position>();
    if (assignments.length === 0) return positions;
    const topics = [...assignments];
    const committed = await this.#member.listCommittedOffsets({ topics });
    const ends = await this.#ends(topics, this.#offsetReset === "earliest" ? -2n : -1n);
    for (const { topic, partitions } of assignments) {
      for (const partition of partitions) {
        const known = committed.get(topic)?.[partition] ?? -1n;
        const end = ends.get(topic)?.[partition] ?? 0n;
        if (known < 0n && this.#offsetReset === "none") {
          throw new GatewayRefusal("kafka.no_offset", keyOf({ topic, partition }));
        }
        const position = { topic, partition, next: known < 0n ? end : known, isGiven: false };
        positions.set(keyOf(position), position);
      }
    }
    return positions;
  }

  #ends(
    assignments: readonly { topic: string; partitions: number[] }[],
    timestamp: bigint,
  ): Promise<Map<string, bigint[]>> {
    const topics = assignments.map(({ topic }) => topic);
    const partitions = Object.fromEntries(assignments.map((each) => [each.topic, each.partitions]));
    return this.#member.listOffsets({ topics, partitions, timestamp });
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}:${partition}`;
}

import type { Consumer } from "@platformatic/kafka";
import { limits } from "../../shared/limits.ts";
import { readBatches, type PartitionRead } from "./consumed-message.ts";
import { requirePartitions } from "./topics.ts";

export type PartitionPosition = { topic: string; partition: number; offset: bigint };

/**
 * Reads partitions from given offsets on, over connections of its own: a read waits at the broker,
 * and a heartbeat that waited behind it would cost the member its place in the group. Reads of one
 * reader take turns, since the broker counts the steps of a fetch session.
 */
export class PartitionReader {
  readonly #client: Consumer;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(client: Consumer) {
    this.#client = client;
  }

  /** Returns at the first record, or with nothing after the time. */
  read(places: readonly PartitionPosition[], waitMs: number): Promise<PartitionRead[]> {
    const work = this.#turn.then(() => this.#read(places, waitMs));
    this.#turn = work.catch(() => {});
    return work;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #read(places: readonly PartitionPosition[], waitMs: number): Promise<PartitionRead[]> {
    const topics = await requirePartitions(this.#client, places);
    this.#client.topics.clear();
    this.#client.topics.trackAll(...topics.keys());
    const byLeader = Map.groupBy(
      places,
      ({ topic, partition }) => topics.get(topic)?.partitions[partition]?.leader ?? -1,
    );
    // With several brokers nobody tells which one has records next, so none may be waited at for
    // long.
    const isAlone = byLeader.size === 1;
    const maxWaitTime = isAlone ? waitMs : Math.min(waitMs, limits.gatewayPollMs);
    const topicIds = new Map([...topics].map(([name, { id }]) => [name, id]));
    const responses = await Promise.all(
      [...byLeader].map(([node, ofLeader]) =>
        this.#client.fetch({
          node,
          topics: toRequest(ofLeader, topicIds),
          minBytes: 1,
          maxBytes: limits.gatewayConsumeBytesMax,
          maxWaitTime,
        }),
      ),
    );
    return takeRecords(places, responses, topicIds);
  }
}

type FetchResponse = Awaited<ReturnType<Consumer["fetch"]>>;
type FetchTopics = Parameters<Consumer["fetch"]>[0]["topics"];

function toRequest(
  places: readonly PartitionPosition[],
  topicIds: Map<string, string>,
): FetchTopics {
  return [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
    topicId: topicIds.get(topic) ?? "",
    partitions: ofTopic.map(({ partition, offset }) => ({
      partition,
      fetchOffset: offset,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
      partitionMaxBytes: limits.gatewayPartitionBytesMax,
    })),
  }));
}

function takeRecords(
  places: readonly PartitionPosition[],
  responses: readonly FetchResponse[],
  topicIds: Map<string, string>,
): PartitionRead[] {
  const answers = responses.flatMap(({ responses: topics }) => topics);
  const reads: PartitionRead[] = [];
  let left: number = limits.gatewayConsumeRecordsMax;
  for (const place of places) {
    const topic = answers.find(({ topicId }) => topicId === topicIds.get(place.topic));
    const answer = topic?.partitions.find(
      ({ partitionIndex }) => partitionIndex === place.partition,
    );
    const read = readBatches(place, answer?.records ?? [], left);
    left -= read.messages.length;
    if (read.nextOffset > place.offset) reads.push(read);
  }
  return reads;
}

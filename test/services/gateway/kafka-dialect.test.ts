import { randomUUID } from "node:crypto";
import type { Message } from "@upstash/kafka";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createTopic,
  metric,
  postKafka,
  upstashKafka,
} from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";

const pollsMax = 40;

/** What Apache Kafka's own test of its hash (UtilsTest, `testMurmur2`) expects of these keys. */
const javaHashes = {
  "21": -973_932_308,
  foobar: -790_332_482,
  "a-little-bit-long-string": -985_981_536,
  "a-little-bit-longer-string": -1_486_304_829,
  abc: 479_470_107,
};

type Kafka = Awaited<ReturnType<typeof upstashKafka>>;
type Consume = Parameters<ReturnType<Kafka["consumer"]>["consume"]>[0];

describe("the Kafka dialect, with the genuine client", () => {
  let kafka: Kafka;
  beforeAll(async () => {
    kafka = await upstashKafka();
  });

  const names = () => ({ consumerGroupId: `group-${randomUUID()}`, instanceId: "one" });

  /** Polls until that many records have come: joining a group takes a poll or two. */
  async function consumeAll(request: Consume, count: number): Promise<Message[]> {
    const messages: Message[] = [];
    for (let polls = 0; messages.length < count && polls < pollsMax; polls += 1) {
      messages.push(...(await kafka.consumer().consume(request)));
    }
    return messages;
  }

  it("a record comes back as it was produced, with its key, headers and time", async () => {
    const topic = await createTopic(3);
    const timestamp = Date.UTC(2026, 0, 1);
    const headers = [{ key: "kind", value: "ballot" }];
    const produced = await kafka
      .producer()
      .produce(
        topic,
        { vote: "yes", name: "Ærø 🌍" },
        { key: "a", partition: 2, timestamp, headers },
      );
    expect(produced).toEqual({ topic, partition: 2, offset: 0, timestamp });
    const [fetched] = await kafka.consumer().fetch({ topic, partition: 2, offset: 0 });
    expect(fetched).toEqual({
      topic,
      partition: 2,
      offset: 0,
      timestamp,
      key: "a",
      headers,
      value: '{"vote":"yes","name":"Ærø 🌍"}',
    });
  });

  it("many records to mixed topics are answered in the order of the request, offset by offset", async () => {
    const [one, other] = [await createTopic(1), await createTopic(2)];
    const requests = Array.from({ length: 50 }, (_, index) => ({
      topic: index % 3 === 0 ? one : other,
      value: String(index),
      key: `key-${index % 7}`,
    }));
    const produced = await kafka.producer().produceMany(requests);
    expect(produced.map(({ topic }) => topic)).toEqual(requests.map(({ topic }) => topic));
    for (const [index, { topic, partition, offset }] of produced.entries()) {
      const [message] = await kafka.consumer().fetch({ topic, partition, offset, timeout: 0 });
      expect(message?.value).toBe(String(index));
    }
    const ofOther = Map.groupBy(produced, ({ topic }) => topic).get(other) ?? [];
    expect(new Set(ofOther.map(({ partition }) => partition)).size).toBe(2);
  });

  it("records of one key go to the partition that Kafka's own clients would choose", async () => {
    const topic = await createTopic(8);
    const keys = Object.keys(javaHashes);
    const produced = await kafka
      .producer()
      .produceMany(keys.map((key) => ({ topic, value: "x", key })));
    expect(produced.map(({ partition }) => partition)).toEqual(
      Object.values(javaHashes).map((hash) => (hash & 0x7fffffff) % 8),
    );
  });

  it("a group without offsets begins where its instance says", async () => {
    const topic = await createTopic(1);
    await kafka.producer().produceMany([1, 2, 3].map((value) => ({ topic, value })));
    const early = await consumeAll(
      { ...names(), topics: [topic], autoOffsetReset: "earliest", autoCommit: false },
      3,
    );
    expect(early.map(({ value }) => value)).toEqual(["1", "2", "3"]);

    const latest = {
      ...names(),
      topics: [topic],
      autoOffsetReset: "latest" as const,
      timeout: 500,
    };
    expect(await consumeAll(latest, 0)).toEqual([]);
    await kafka.consumer().consume({ ...latest, timeout: 3_000 });
    await kafka.producer().produce(topic, 4);
    expect((await consumeAll(latest, 1)).map(({ value }) => value)).toEqual(["4"]);

    const none = await postKafka(
      `/consume/${names().consumerGroupId}/one`,
      { topic, timeout: 3_000 },
      { "Kafka-Auto-Offset-Reset": "none" },
    );
    expect(none).toMatchObject({ status: 409, body: { code: "kafka.no_offset" } });
  });

  it("a commit without offsets commits what was given out last, and the next instance goes on there", async () => {
    const topic = await createTopic(1);
    const group = names();
    const request = {
      ...group,
      topics: [topic],
      autoOffsetReset: "earliest" as const,
      autoCommit: false,
    };
    await kafka.producer().produceMany([1, 2, 3].map((value) => ({ topic, value })));
    await consumeAll(request, 3);
    const place = [{ topic, partition: 0 }];
    const before = await kafka.consumer().committed({ ...group, topicPartitions: place });
    expect(before).toEqual([{ topic, partition: 0, offset: -1 }]);
    await kafka.consumer().commit(group);
    const after = await kafka.consumer().committed({ ...group, topicPartitions: place });
    expect(after).toEqual([{ topic, partition: 0, offset: 3 }]);

    await kafka.producer().produce(topic, 4);
    await kafka.admin().removeConsumerInstance(group.consumerGroupId, group.instanceId);
    const next = await consumeAll({ ...request, instanceId: "two" }, 1);
    expect(next.map(({ value }) => value)).toEqual(["4"]);
  });

  it("a commit with offsets stores them as given, and what was not committed comes again", async () => {
    const topic = await createTopic(2);
    const group = names();
    const request = {
      ...group,
      topics: [topic],
      autoOffsetReset: "earliest" as const,
      autoCommit: false,
    };
    const records = [0, 1].flatMap((partition) =>
      ["a", "b", "c"].map((value) => ({ topic, partition, value })),
    );
    await kafka.producer().produceMany(records);
    await consumeAll(request, 6);
    await kafka.consumer().commit({ ...group, offset: { topic, partition: 0, offset: 1 } });
    await kafka.consumer().commit({ ...group, offset: [{ topic, partition: 1, offset: 2 }] });
    const topicPartitions = [1, 0].map((partition) => ({ topic, partition }));
    expect(await kafka.admin().committedOffsets({ ...group, topicPartitions })).toEqual([
      { topic, partition: 1, offset: 2 },
      { topic, partition: 0, offset: 1 },
    ]);
    await kafka.admin().removeConsumerInstance(group.consumerGroupId, group.instanceId);
    const again = await consumeAll({ ...request, instanceId: "two" }, 3);
    expect(again.map(({ partition, value }) => `${partition}${value}`).toSorted()).toEqual([
      "0b",
      "0c",
      "1c",
    ]);
  });

  it("an instance that commits by itself has committed what earlier polls gave out", async () => {
    const topic = await createTopic(1);
    const group = names();
    const request = {
      ...group,
      topics: [topic],
      timeout: 300,
      autoOffsetReset: "earliest" as const,
      autoCommit: true,
      autoCommitInterval: 1,
    };
    await kafka.producer().produceMany([1, 2].map((value) => ({ topic, value })));
    await consumeAll(request, 2);
    await kafka.consumer().consume(request);
    const topicPartitions = [{ topic, partition: 0 }];
    const [committed] = await kafka.consumer().committed({ ...group, topicPartitions });
    expect(committed?.offset).toBe(2);
  });

  it("what a caller no longer waited for is given to the next poll, and not committed before", async () => {
    const topic = await createTopic(1);
    const group = names();
    const request = { ...group, topics: [topic], autoOffsetReset: "earliest" as const };
    await kafka.consumer().consume({ ...request, timeout: 5_000 });
    const { url, username, password } = await services.gateway.address();
    const hangUp = new AbortController();
    const abandoned = fetch(`${url}/consume/${group.consumerGroupId}/${group.instanceId}`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` },
      body: JSON.stringify({ topic, timeout: 5_000 }),
      signal: hangUp.signal,
    });
    await expect.poll(() => metric("gateway_requests_under_way")).toBe(1);
    hangUp.abort();
    await expect(abandoned).rejects.toThrow(/aborted/);
    await kafka.producer().produce(topic, "kept");
    expect((await consumeAll(request, 1)).map(({ value }) => value)).toEqual(["kept"]);
  });

  it("two instances of a group share its partitions, and the one that stays takes over those of the one that leaves", async () => {
    const topic = await createTopic(4);
    const { consumerGroupId } = names();
    const request = (instanceId: string) => ({
      consumerGroupId,
      instanceId,
      topics: [topic],
      timeout: 200,
      autoOffsetReset: "earliest" as const,
      autoCommit: false,
    });
    const partitionsOf = async (): Promise<number[][]> => {
      const group = (await kafka.admin().consumers()).find(({ name }) => name === consumerGroupId);
      return (group?.instances ?? []).map(({ topics }) =>
        topics.flatMap((each) => each.partitions),
      );
    };
    const pollUntil = async (isSo: (partitions: number[][]) => boolean, instances: string[]) => {
      for (let polls = 0; polls < pollsMax && !isSo(await partitionsOf()); polls += 1) {
        await Promise.all(instances.map((each) => kafka.consumer().consume(request(each))));
      }
      return partitionsOf();
    };
    await pollUntil(([only]) => only?.length === 4, ["one"]);
    const shared = await pollUntil(
      ([one, two]) => one?.length === 2 && two?.length === 2,
      ["one", "two"],
    );
    expect(new Set(shared.flat())).toEqual(new Set([0, 1, 2, 3]));

    await kafka.admin().removeConsumerInstance(consumerGroupId, "one");
    expect(await pollUntil(([only]) => only?.length === 4, ["two"])).toEqual([[0, 1, 2, 3]]);
  });

  it("offsets are told for the ends of a partition and for a time", async () => {
    const topic = await createTopic(2);
    const times = [1_000, 2_000, 3_000].map((distance) => Date.UTC(2026, 5, 1) + distance);
    await kafka
      .producer()
      .produceMany(times.map((timestamp) => ({ topic, partition: 1, value: "x", timestamp })));
    const at = async (timestamp: number | "earliest" | "latest") =>
      (
        await kafka
          .admin()
          .topicPartitionOffsets({ timestamp, topicPartition: { topic, partition: 1 } })
      )[0]?.offset;
    expect(await at("earliest")).toBe(0);
    expect(await at("latest")).toBe(3);
    expect(await at((times[1] ?? 0) - 1)).toBe(1);
    const topicPartitions = [0, 1].map((partition) => ({ topic, partition }));
    const ends = await kafka
      .admin()
      .topicPartitionOffsets({ timestamp: "latest", topicPartitions });
    expect(ends.map(({ offset }) => offset)).toEqual([0, 3]);
  });

  it("topics are listed with the number of their partitions", async () => {
    const topic = await createTopic(5);
    expect(await kafka.admin().topics()).toMatchObject({
      [topic]: 5,
      "enviro-governance-votes": 8,
    });
  });

  it("a fetch reads several places at once and needs no group", async () => {
    const topic = await createTopic(2);
    const records = [0, 1].flatMap((partition) =>
      ["a", "b"].map((value) => ({ topic, partition, value })),
    );
    await kafka.producer().produceMany(records);
    const topicPartitionOffsets = [
      { topic, partition: 0, offset: 1 },
      { topic, partition: 1, offset: 0 },
    ];
    for (const parallel of [true, false]) {
      const messages = await kafka.consumer().fetch({ topicPartitionOffsets }, { parallel });
      expect(messages.map(({ partition, value }) => `${partition}${value}`)).toEqual([
        "0b",
        "1a",
        "1b",
      ]);
    }
  });
});

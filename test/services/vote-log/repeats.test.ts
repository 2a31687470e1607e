import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { connectKafka } from "../../../src/vote-log/kafka/connect.ts";
import { LogReader, type InstanceMemory } from "../../../src/vote-log/kafka/log-reader.ts";
import {
  createTopic,
  recordsBehind,
  upstashKafka,
} from "../../support/services/gateway-clients.ts";
import {
  startKafkaPlatform,
  storedRows,
  votedDecision,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { services } from "../../support/services/services.ts";

describe("the whole topic", () => {
  let platform: KafkaPlatform;
  beforeAll(async () => {
    platform = await startKafkaPlatform();
  });
  afterAll(() => platform.stop());

  it("delivered again from its first offset, twice, leaves every row as it was", async () => {
    const decisionId = await votedDecision(platform, "repeated", { shards: 4, votes: 3_000 });
    await waitUntilDrained(platform.client, [decisionId]);
    const rows = await storedRows(platform, decisionId);
    expect(rows).toHaveLength(3_000);
    for (const group of ["first", "second"]) {
      // A group of another name has read nothing yet.
      const { topic } = platform;
      platform = await platform.restart({ KAFKA_GROUP: `${group}-${topic}` });
      const behind = () => recordsBehind(topic, `${group}-${topic}`);
      await expect.poll(behind, { timeout: 30_000 }).toBe(0);
      expect(await storedRows(platform, decisionId)).toEqual(rows);
    }
  });
});

describe("a writer that dies", () => {
  async function readerOf(topic: string, memory: InstanceMemory): Promise<LogReader> {
    const { url, username, password } = await services.gateway.address();
    const names = { topic, deadLettersTopic: topic, group: `dying-${topic}` };
    const kafka = connectKafka({ url, username, password, ...names });
    return new LogReader({ kafka, topics: [topic], memory, report: () => {} });
  }

  function memoryOf(): InstanceMemory {
    let name: string | null = null;
    return {
      last: () => name,
      keep: (kept) => {
        name = kept;
      },
      fresh: () => crypto.randomUUID(),
    };
  }

  async function stepUntilMoved(reader: LogReader, seen: string[]): Promise<void> {
    const write = async (records: readonly { value: string }[]) => {
      seen.push(...records.map(({ value }) => value));
    };
    while ((await reader.step(write)) === 0);
  }

  it("after the database's commit and before its offset's is followed by one that is given the same records, at once", async () => {
    const topic = await createTopic(2);
    const kafka = await upstashKafka();
    const records = ["a", "b"].map((value, partition) => ({ topic, value, partition }));
    await kafka.producer().produceMany(records);
    const memory = memoryOf();
    const stored: string[] = [];
    const dying = await readerOf(topic, memory);
    const die = async (read: readonly { value: string }[]) => {
      stored.push(...read.map(({ value }) => value));
      throw new Error("killed");
    };
    await expect(async () => {
      while ((await dying.step(die)) === 0);
    }).rejects.toThrow("killed");
    expect(stored).not.toEqual([]);
    // Were the dead one's instance left in the group, it would hold one of the two partitions for two minutes.
    const again: string[] = [];
    const next = await readerOf(topic, memory);
    while (again.length < records.length) await stepUntilMoved(next, again);
    expect(again.toSorted()).toEqual(["a", "b"]);
  });

  it("after its commit is followed by one that goes on where it was", async () => {
    const topic = await createTopic(1);
    const kafka = await upstashKafka();
    const memory = memoryOf();
    const stored: string[] = [];
    await kafka.producer().produce(topic, "a");
    await stepUntilMoved(await readerOf(topic, memory), stored);
    await kafka.producer().produce(topic, "b");
    await stepUntilMoved(await readerOf(topic, memory), stored);
    expect(stored).toEqual(["a", "b"]);
  });

  it("in an outage of the database keeps its records in hand and commits nothing until they are written", async () => {
    const topic = await createTopic(1);
    const kafka = await upstashKafka();
    await kafka.producer().produce(topic, "a");
    const reader = await readerOf(topic, memoryOf());
    const down = () => Promise.reject(new Error("the database is down"));
    await expect(async () => {
      while ((await reader.step(down)) === 0);
    }).rejects.toThrow("the database is down");
    await expect(reader.step(down)).rejects.toThrow("the database is down");
    const stored: string[] = [];
    await stepUntilMoved(reader, stored);
    expect(stored).toEqual(["a"]);
  });
});

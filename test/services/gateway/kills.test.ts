import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTopic, upstashKafka } from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";

const batches = 40;
const batchRecords = 25;
const partitions = 4;

type Kafka = Awaited<ReturnType<typeof upstashKafka>>;

/** Killed, not stopped: its members stay in their groups until their session ends, and nobody knows what it had answered. */
describe("the gateway killed with SIGKILL", () => {
  let kafka: Kafka;
  beforeAll(async () => {
    kafka = await upstashKafka();
  });
  afterAll(() => services.gateway.start());

  async function restart(): Promise<void> {
    await services.gateway.kill();
    await services.gateway.start();
  }

  /** Produces all batches, one after another; the client repeats what was not answered. */
  async function produceAll(
    topic: string,
    onBatch: (done: number) => Promise<void>,
  ): Promise<Set<string>> {
    const acknowledged = new Set<string>();
    for (let batch = 0; batch < batches; batch += 1) {
      const values = Array.from({ length: batchRecords }, (_, index) => `${batch}/${index}`);
      const requests = values.map((value, index) => ({ topic, value, key: `key-${index}` }));
      const produced = kafka.producer().produceMany(requests);
      await onBatch(batch);
      await produced;
      for (const value of values) acknowledged.add(value);
    }
    return acknowledged;
  }

  /** Consumes and commits as a careful caller does: first it has the records, then it commits the offsets after them. */
  async function consumeUntil(
    topic: string,
    instanceId: string,
    seen: Set<string>,
    isDone: () => boolean,
  ): Promise<void> {
    const request = {
      consumerGroupId: `killed-${topic}`,
      instanceId,
      topics: [topic],
      timeout: 300,
      autoOffsetReset: "earliest" as const,
      autoCommit: false,
    };
    while (!isDone()) {
      const messages = await kafka.consumer().consume(request);
      for (const { value } of messages) seen.add(value);
      const ends = new Map(messages.map((each) => [each.partition, each.offset + 1]));
      const offset = [...ends].map(([partition, next]) => ({ topic, partition, offset: next }));
      if (offset.length === 0) continue;
      try {
        await kafka.consumer().commit({ ...request, offset });
      } catch {
        // Its gateway died or its group changed since; what was not committed comes again.
      }
    }
  }

  it("in mid-batch: everything that was acknowledged is consumed", async () => {
    const topic = await createTopic(partitions);
    const seen = new Set<string>();
    let acknowledged: Set<string> | null = null;
    const isDone = () => acknowledged !== null && seen.size >= acknowledged.size;
    const consuming = consumeUntil(topic, "one", seen, isDone);
    acknowledged = await produceAll(topic, async (done) => {
      if (done % 15 === 10) await restart();
    });
    await consuming;
    expect(acknowledged.size).toBe(batches * batchRecords);
    expect(seen).toEqual(acknowledged);
  });

  it("while a second instance joins: both go on, and nothing is lost", async () => {
    const topic = await createTopic(partitions);
    const seen = new Set<string>();
    let acknowledged: Set<string> | null = null;
    const isDone = () => acknowledged !== null && seen.size >= acknowledged.size;
    const consuming = [consumeUntil(topic, "one", seen, isDone)];
    acknowledged = await produceAll(topic, async (done) => {
      if (done !== batches / 2) return;
      consuming.push(consumeUntil(topic, "two", seen, isDone));
      await restart();
    });
    await Promise.all(consuming);
    expect(seen).toEqual(acknowledged);
  });
});

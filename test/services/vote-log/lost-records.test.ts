import { afterEach, describe, expect, it } from "vitest";
import {
  createTopic,
  recordsBehind,
  upstashKafka,
} from "../../support/services/gateway-clients.ts";
import {
  cast,
  openedDecision,
  readiness,
  startKafkaPlatform,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";

/** Kafka's offsets say that nothing is left to read, or that nothing ever came. */
describe("ballots that the log does not bring to the database", () => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function startWith(vars: Record<string, string> = {}): Promise<KafkaPlatform> {
    const platform = await startKafkaPlatform(vars);
    ends.push(() => platform.stop());
    return platform;
  }

  const lagOf = (platform: KafkaPlatform) => async () =>
    (await readiness(platform)).vote_log.lag_ballots;

  it("are a lag, with what keeps them, where the topic takes no record of their size", async () => {
    const topic = await createTopic(1, [{ name: "max.message.bytes", value: "300" }]);
    const platform = await startWith({ KAFKA_TOPIC: topic });
    const decisionId = await openedDecision(platform, "too-large", 1);
    expect(await cast(platform, decisionId, 150)).toBe(150);
    await expect.poll(lagOf(platform), { timeout: 60_000 }).toBe(100);
    const { code, vote_log } = await readiness(platform);
    expect(code).toBe(503);
    expect(vote_log.problems.join()).toContain("shards can't send: KafkaFailure: produce");
  });

  it("are a lag where a stranger in the group has read and committed them", async () => {
    const platform = await startWith({ KAFKA_WRITERS: "1" });
    const { topic } = platform;
    const member = { consumerGroupId: `writers-of-${topic}`, instanceId: "stranger" };
    const kafka = await upstashKafka();
    const theft = { isOver: false, stolen: 0 };
    const thief = (async () => {
      while (!theft.isOver) {
        const records = await kafka
          .consumer()
          .consume({ ...member, topics: [topic], autoCommit: false, timeout: 500 })
          .catch(() => []);
        theft.stolen += records.length;
        if (records.length > 0)
          await kafka
            .consumer()
            .commit(member)
            .catch(() => {});
      }
    })();
    ends.push(async () => {
      theft.isOver = true;
      await thief;
    });
    for (let round = 0; theft.stolen === 0; round += 1) {
      const decisionId = await openedDecision(platform, `stolen-${round}`, 4);
      expect(await cast(platform, decisionId, 100)).toBe(100);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
    await expect.poll(lagOf(platform), { timeout: 60_000 }).toBeGreaterThan(0);
    await expect
      .poll(() => recordsBehind(topic, member.consumerGroupId), { timeout: 30_000 })
      .toBe(0);
  });
});

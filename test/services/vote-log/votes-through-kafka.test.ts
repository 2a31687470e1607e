import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ballotsBehind, waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { upstashKafka } from "../../support/services/gateway-clients.ts";
import {
  auditOf,
  cast,
  openedDecision,
  readiness,
  startKafkaPlatform,
  storedRows,
  votedDecision,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { services } from "../../support/services/services.ts";

describe("votes through Kafka", () => {
  let platform: KafkaPlatform;
  beforeAll(async () => {
    platform = await startKafkaPlatform();
  });
  afterAll(async () => {
    await services.gateway.start();
    await platform.stop();
  });

  it("reach the database once each and in the order of their record", async () => {
    const decisionId = await votedDecision(platform, "in-order", { shards: 4, votes: 3_000 });
    expect(await waitUntilDrained(platform.client, [decisionId])).toMatchObject({
      ballots: 3_000,
      behind: [],
    });
    const { shards } = await auditOf(platform, decisionId);
    for (const { shard } of shards) {
      const path = { decisionId, shard };
      const record = await platform.client.call(
        "GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots",
        { path },
      );
      const stored = await platform.client.call(
        "GET /api/v1/decisions/{decisionId}/audit/database/{shard}/ballots",
        { path },
      );
      const ballots = record.ballots.map(({ ballot_hash: _hash, ...ballot }) => ballot);
      expect(stored.ballots).toEqual(ballots);
    }
  });

  it("leave no lag and nothing to complain of once they have arrived", async () => {
    const isClear = async () => (await readiness(platform)).vote_log;
    await expect
      .poll(isClear, { timeout: 10_000 })
      .toEqual({ kind: "kafka", lag_ballots: 0, oldest_minutes: null, problems: [] });
  });

  it("are stored once though the runtime is killed again and again while they are written", async () => {
    const decisionId = await openedDecision(platform, "crashes", 4);
    for (let from = 0; from < 4_000; from += 1_000) {
      await cast(platform, decisionId, 1_000, { from });
      await platform.crash();
    }
    expect((await waitUntilDrained(platform.client, [decisionId])).behind).toEqual([]);
    const rows = await storedRows(platform, decisionId);
    expect(rows).toHaveLength(4_000);
    expect(ballotsBehind(await auditOf(platform, decisionId))).toBe(0);
  });

  it("are stored once though the gateway is killed in the middle", async () => {
    const decisionId = await openedDecision(platform, "gateway-killed", 4);
    for (let from = 0; from < 3_000; from += 500) {
      expect(await cast(platform, decisionId, 500, { from })).toBe(500);
      if (from === 1_000) await services.gateway.kill();
      if (from === 2_000) await services.gateway.start();
    }
    expect((await waitUntilDrained(platform.client, [decisionId])).behind).toEqual([]);
    expect(await storedRows(platform, decisionId)).toHaveLength(3_000);
  });

  it("are written by as many members as there should be, and by one alone once the rest are surplus", async () => {
    const kafka = await upstashKafka();
    const partitionsOfMembers = async (): Promise<number[]> => {
      const groups = await kafka.admin().consumers();
      const group = groups.find(({ name }) => name === `writers-of-${platform.topic}`);
      const ofTopic = group?.instances.map(({ topics }) =>
        topics.find(({ topic }) => topic === platform.topic),
      );
      return (ofTopic ?? [])
        .map((assigned) => assigned?.partitions.length ?? 0)
        .toSorted((a, b) => a - b);
    };
    await expect.poll(partitionsOfMembers, { timeout: 30_000 }).toEqual([2, 2]);
    platform = await platform.restart({ KAFKA_WRITERS: "1" });
    await expect.poll(partitionsOfMembers, { timeout: 60_000 }).toEqual([4]);
    const decisionId = await votedDecision(platform, "one-writer", { shards: 4, votes: 500 });
    expect((await waitUntilDrained(platform.client, [decisionId])).behind).toEqual([]);
  });
});

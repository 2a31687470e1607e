import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ballotsBehind } from "../../../src/cli/api/wait-until-drained.ts";
import {
  auditOf,
  openedDecision,
  readiness,
  startKafkaPlatform,
  storedRows,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { services } from "../../support/services/services.ts";
import { castSteadily, votesASecond } from "../../support/services/steady-votes.ts";
import { localId } from "../../support/local-id.ts";

/** CI waits the full five minutes; half a minute shows the same while one works. */
const outageSeconds = Number(process.env["KAFKA_OUTAGE_SECONDS"] ?? 30);
const shards = 4;
const slug = "outage";
const decisionId = localId(slug);
const recoveryMsMax = 120_000;

describe(`Kafka stopped for ${outageSeconds} s while votes flow at ${votesASecond}/s`, () => {
  let platform: KafkaPlatform;
  beforeAll(async () => {
    platform = await startKafkaPlatform();
    await openedDecision(platform, slug, shards);
  });
  afterAll(async () => {
    await services.kafka.start();
    await platform.stop();
  });

  const behind = async () => ballotsBehind(await auditOf(platform, decisionId));

  it(
    "loses no vote, refuses none, shows the lag, and drains at three times the inflow or more",
    async () => {
      const votes = castSteadily(platform, decisionId);
      await expect.poll(() => votes.flow.accepted, { timeout: 10_000 }).toBeGreaterThan(600);
      await services.kafka.stop();
      const stoppedAt = Date.now();
      const sentBefore = votes.flow.sent;
      await new Promise((resolve) => setTimeout(resolve, outageSeconds * 1_000));
      const backlog = await behind();
      expect(votes.failures).toEqual([]);
      expect(votes.flow.accepted).toBeGreaterThan(sentBefore);
      expect(backlog).toBeGreaterThan(0.8 * votesASecond * outageSeconds);
      const lagging = await readiness(platform);
      expect(lagging.vote_log.problems.join()).toContain("The brokers do not answer");

      await services.kafka.start();
      const rate = await drainRate(stoppedAt);
      await votes.stop();
      expect(votes.failures).toEqual([]);
      expect(votes.flow.accepted).toBe(votes.flow.sent);
      await expect.poll(behind, { timeout: 30_000 }).toBe(0);
      const rows = await storedRows(platform, decisionId);
      expect(new Set(rows.map(({ pid }) => pid)).size).toBe(votes.flow.sent);
      expect(rows).toHaveLength(votes.flow.sent);
      expect((await auditOf(platform, decisionId)).database.dead_letters).toBe(0);
      console.error(`the backlog of ${backlog} ballots drained at ${Math.round(rate)} ballots/s`);
      expect(rate).toBeGreaterThan(3 * votesASecond);
    },
    outageSeconds * 1_000 + recoveryMsMax,
  );

  /** Ballots a second into the database, from the first that arrives to the end of the backlog, while more keep coming. */
  async function drainRate(stoppedAt: number): Promise<number> {
    const applied = async () => {
      const { database } = await auditOf(platform, decisionId);
      return database.shards.reduce((sum, shard) => sum + shard.applied_seq, 0);
    };
    const before = await applied();
    let startedAt = Date.now();
    while ((await applied()) === before) startedAt = Date.now();
    while ((await behind()) > votesASecond) {
      if (Date.now() > stoppedAt + outageSeconds * 1_000 + recoveryMsMax) return 0;
    }
    return ((await applied()) - before) / ((Date.now() - startedAt) / 1_000);
  }
});

import { setTimeout as sleep } from "node:timers/promises";
import { GuardedCache } from "../../src/cache/guard-cache.ts";
import { redisCache } from "../../src/cache/redis/redis.ts";
import { TieredResults } from "../../src/cache/tiered-results.ts";
import { emptyRegionTally } from "../../src/ballot/tally.ts";
import { showResult, type ShownResult } from "../../src/results/shown-result.ts";
import { gateway as gatewayService } from "../../scripts/services/gateway.ts";
import { serviceLocation } from "../../scripts/services/service-location.ts";
import { measure, type GatewayRow } from "./measure.ts";

const reads = 5_000;
const regions = 27;
const p99MsGoal = 5;
const decisionId = "bench-gateway";

/**
 * Reads of a closed decision's result as the Worker does them: from Redis, warm, checked against
 * their schema.
 */
export async function benchCache(log: (line: string) => void): Promise<GatewayRow> {
  const { url, token } = gatewayService.address(await serviceLocation("gateway"));
  const cache = redisCache({ url, token, deployment: `bench-${Date.now()}` });
  const guardDeps = { now: () => Date.now(), report: (event: string) => log(event) };
  let recordReads = 0;
  const kept: Promise<void>[] = [];
  const results = new TieredResults({
    ...guardDeps,
    cache: new GuardedCache(cache, guardDeps),
    record: () => {
      recordReads += 1;
      return Promise.resolve(closedResult());
    },
    chance: () => Math.random(),
    sleep: (ms) => sleep(ms),
    defer: (work) => void kept.push(work),
    onRead: () => undefined,
  });
  const reader = { seenVersion: null, last: null };
  await results.read(decisionId, reader);
  await Promise.all(kept);
  log("reading results");
  recordReads = 0;
  let left = reads;
  const row = await measure({
    name: `read a closed decision's result, ${regions} regions`,
    concurrency: 1,
    isEnough: () => left <= 0,
    send: async () => {
      left -= 1;
      await results.read(decisionId, reader);
      return 0;
    },
  });
  // A read that gave Redis up after its deadline took longer than that and stays in the figures.
  log(`${recordReads} of ${reads} reads went past Redis`);
  const isMet = row.latencies.p99 < p99MsGoal;
  return { ...row, goal: { text: "p99 under 5 ms", isMet } };
}

function closedResult(): ShownResult {
  const names = Array.from({ length: regions }, (_, index) => `region-${index}`);
  const now = Date.now();
  const closed = {
    status: "closed",
    visibility: "live",
    exposure: { kind: "all" },
    isFinal: true,
  } as const;
  return showResult(
    {
      ...closed,
      decisionId,
      version: 5,
      accepted: 1,
      asOf: now,
      roll: null,
      tokens: { issued: 0, reissued: 0, revoked: 0 },
      total: emptyRegionTally(),
      regions: new Map(names.map((name) => [name, emptyRegionTally()])),
    },
    now,
  );
}

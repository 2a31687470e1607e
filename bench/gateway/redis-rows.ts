import { gateway as gatewayService } from "../../scripts/services/gateway.ts";
import { serviceLocation } from "../../scripts/services/service-location.ts";
import { redisCache } from "../../src/cache/redis/redis.ts";
import { measure, type GatewayRow } from "./measure.ts";

const reads = 5_000;
const p99MsGoal = 5;
const decisionId = "bench-gateway";
/** About what the results of a decision with some regions take; kept for as long as it is read. */
const entry = { version: 1, text: "x".repeat(2_000), lifeMs: 60_000 };
const answerMsMax = 5_000;

/** Reads of a cached result with the platform's own cache, one at a time and several. */
export async function benchRedis(log: (line: string) => void): Promise<GatewayRow[]> {
  const { url, token } = gatewayService.address(await serviceLocation("gateway"));
  const cache = redisCache({ url, token, deployment: "bench" }, answerMsMax);
  await cache.keep(decisionId, entry);
  log("reading");
  const rows: GatewayRow[] = [];
  for (const lanes of [1, 16]) {
    let left = reads;
    const read = async (): Promise<number> => {
      left -= 1;
      await cache.look(decisionId);
      return 0;
    };
    const name = `read 2 kB from Redis, ${lanes} at a time`;
    const row = await measure({
      name,
      concurrency: lanes,
      isEnough: () => left <= 0,
      send: read,
    });
    const isMet = row.latencies.p99 < p99MsGoal;
    rows.push(lanes === 1 ? { ...row, goal: { text: "p99 under 5 ms", isMet } } : row);
  }
  return rows;
}

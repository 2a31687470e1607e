import { Redis } from "@upstash/redis";
import { gateway as gatewayService } from "../../scripts/services/gateway.ts";
import { serviceLocation } from "../../scripts/services/service-location.ts";
import { measure, type GatewayRow } from "./measure.ts";

const reads = 5_000;
const p99MsGoal = 5;
const key = "bench-gateway";
/** About what the results of a decision with some regions take. */
const value = { results: "x".repeat(2_000) };

/** Reads of a cached value with the genuine client, one at a time and several. */
export async function benchRedis(log: (line: string) => void): Promise<GatewayRow[]> {
  const { url, token } = gatewayService.address(await serviceLocation("gateway"));
  const redis = new Redis({ url, token, enableAutoPipelining: false });
  await redis.set(key, value);
  log("reading");
  const rows: GatewayRow[] = [];
  for (const lanes of [1, 16]) {
    let left = reads;
    const read = async (): Promise<number> => {
      left -= 1;
      await redis.get(key);
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
  await redis.del(key);
  return rows;
}

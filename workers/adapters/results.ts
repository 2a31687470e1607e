import { waitUntil } from "cloudflare:workers";
import { GuardedCache } from "../../src/cache/guard-cache.ts";
import type { ResultCache } from "../../src/cache/result-cache.ts";
import { TieredResults } from "../../src/cache/tiered-results.ts";
import type { ResultReads, Rooms } from "../../src/http/deps.ts";
import { reportFailure } from "../report-failure.ts";

/** Results of the rooms, with this cache before them. */
export function cachedResults(rooms: Pick<Rooms, "result">, cache: ResultCache): ResultReads {
  const now = () => Date.now();
  return new TieredResults({
    cache: new GuardedCache(cache, { now, report: reportFailure }),
    record: (decisionId) => rooms.result(decisionId),
    now,
    chance: () => Math.random(),
    sleep: (ms) => scheduler.wait(ms),
    defer: (work) => waitUntil(work),
    report: reportFailure,
  });
}

import { waitUntil } from "cloudflare:workers";
import { GuardedCache } from "../../cache/guard-cache.ts";
import type { ResultCache } from "../../cache/result-cache.ts";
import { TieredResults } from "../../cache/tiered-results.ts";
import type { Results } from "../../ports/results.ts";
import type { Decisions } from "../../ports/decisions.ts";
import { reportFailure } from "../report-failure.ts";

/** Results of the rooms, with this cache before them. */
export function cachedResults(decisions: Pick<Decisions, "result">, cache: ResultCache): Results {
  const now = () => Date.now();
  return new TieredResults({
    cache: new GuardedCache(cache, { now, report: reportFailure }),
    record: (decisionId) => decisions.result(decisionId),
    now,
    chance: () => Math.random(),
    sleep: (ms) => scheduler.wait(ms),
    defer: (work) => waitUntil(work),
    report: reportFailure,
  });
}

import { waitUntil } from "cloudflare:workers";
import type { DecisionIds } from "../../auth/decision-ids.ts";
import { GuardedCache } from "../../cache/guard-cache.ts";
import type { Meter } from "../../telemetry/metrics/meter.ts";
import type { ResultCache } from "../../cache/result-cache.ts";
import { TieredResults } from "../../cache/tiered-results.ts";
import type { Results } from "../../ports/results.ts";
import type { Decisions } from "../../ports/decisions.ts";
import { UnknownDecision } from "../../ports/unknown-decision.ts";
import { reportFailure } from "../report-failure.ts";

/** Results of the rooms, with this cache before them: neither is asked for an id that is not ours. */
export function cachedResults(
  decisions: Pick<Decisions, "result">,
  cache: ResultCache,
  ids: DecisionIds,
  meter: Meter,
): Results {
  const now = () => Date.now();
  const results = new TieredResults({
    cache: new GuardedCache(cache, { now, report: reportFailure }),
    record: (decisionId) => decisions.result(decisionId),
    now,
    chance: () => Math.random(),
    sleep: (ms) => scheduler.wait(ms),
    defer: (work) => waitUntil(work),
    report: reportFailure,
    onRead: (tier) => meter.count("enviro.cache.reads", { tier }),
  });
  return {
    async read(decisionId, reader) {
      if (!ids.isOwn(decisionId)) throw new UnknownDecision();
      return results.read(decisionId, reader);
    },
  };
}

import { waitUntil } from "cloudflare:workers";
import { GuardedCache } from "../../cache/guard-cache.ts";
import type { ResultCache } from "../../cache/result-cache.ts";
import { TieredStatistics } from "../../cache/tiered-statistics.ts";
import type { Database } from "../../database/database.ts";
import type { DecisionView } from "../../decision/decision-json.ts";
import type { Statistics } from "../../ports/statistics.ts";
import type { ListedResultView } from "../../results/listed-result.ts";
import type { ComputedStatistics } from "../../search/computed-statistics.ts";
import type { SearchReads } from "../../search/search.ts";
import { reportFailure } from "../report-failure.ts";

/** What statistics are computed from. */
interface StatisticsSources {
  search: SearchReads;
  database: Pick<Database, "readListed">;
}

/** Statistics of this index, with this cache before them, or the isolate's memory alone. */
export function cachedStatistics(
  sources: StatisticsSources,
  cache: ResultCache | null,
): Statistics {
  const now = () => Date.now();
  return new TieredStatistics({
    cache: cache === null ? null : new GuardedCache(cache, { now, report: reportFailure }),
    compute: (decisionId) => compute(sources, decisionId, now),
    now,
    sleep: (ms) => scheduler.wait(ms),
    defer: (work) => waitUntil(work),
    report: reportFailure,
  });
}

async function compute(
  { search, database }: StatisticsSources,
  decisionId: string | null,
  now: () => number,
): Promise<ComputedStatistics> {
  // First, so that nothing is told to be fresher than it is.
  const indexedTo = await search.indexedTo();
  const computedAt = now();
  const ballotsCounted = decisionId === null ? null : await countBallots(database, decisionId);
  return { statistics: await search.statistics(decisionId), ballotsCounted, indexedTo, computedAt };
}

/** Of a certified decision's final result; null where its ballots are not published with choices. */
async function countBallots(
  database: Pick<Database, "readListed">,
  decisionId: string,
): Promise<number | null> {
  const [listed] = await database.readListed({ ids: [decisionId], audiences: null });
  if (listed === undefined || listed.result === null) return null;
  // Both were written by a room, from the same views.
  const { status, disclosure } = JSON.parse(listed.decision) as DecisionView;
  const { final, total } = JSON.parse(listed.result) as ListedResultView;
  const isPublished = status === "certified" && disclosure !== "aggregate";
  return isPublished && final && total !== undefined ? total.ballots : null;
}

import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Decision } from "../../decision/decision.ts";
import { isPublished } from "../../decision/readers.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { Statistics } from "../../ports/statistics.ts";
import type { ComputedStatistics } from "../../search/computed-statistics.ts";
import type { SearchStatistics } from "../../search/search.ts";
import { sharedDecisionsOf } from "../coalescing/shared-decisions.ts";
import * as contract from "../contract/search.ts";
import { Problem } from "../problem.ts";
import { viewFreshness } from "../responses/view-freshness.ts";
import { readerOf } from "./require-decision.ts";

/** What the index counts of decisions and of published ballots. */
export function statisticsRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.readStatisticsRoute, async (c) => {
    const computed = await requireStatistics(deps).read(null);
    const { decisions, ballots } = computed.statistics;
    const body = {
      decisions: {
        total: decisions.total,
        by_status: [...decisions.byStatus],
        by_outcome: [...decisions.byOutcome],
        by_month: decisions.byMonth.map(({ value, count }) => ({ month: value, count })),
        turnout: decisions.turnout,
      },
      ballots: viewBallots(ballots),
      ...viewComputed(computed, deps.now()),
    };
    return c.json(body, 200);
  });

  app.openapi(contract.readDecisionStatisticsRoute, async (c) => {
    const statistics = requireStatistics(deps);
    const { decisionId } = c.req.valid("param");
    const { decision } = await sharedDecisionsOf(deps).read(decisionId, readerOf(deps, c));
    const now = deps.now();
    if (!isPublished(decision) || decision.draft.rehearsal)
      return c.json(nothingOf(decisionId, now), 200);
    const computed = await statistics.read(decisionId);
    const { decisions, ballots } = computed.statistics;
    const { electorate, voted } = decisions.turnout;
    const body = {
      decision_id: decisionId,
      ballots: showsChoices(decision) ? viewBallots(ballots) : null,
      ballots_counted: showsChoices(decision) ? computed.ballotsCounted : null,
      turnout: decisions.turnout.decisions === 0 ? null : { electorate, voted },
      ...viewComputed(computed, now),
    };
    return c.json(body, 200);
  });
}

/** @throws {Problem} search.off */
function requireStatistics({ statistics }: HttpDependencies): Statistics {
  if (statistics === null) throw new Problem("search.off");
  return statistics;
}

/** Whether single ballots were published with their choices. */
function showsChoices({ status, draft }: Decision): boolean {
  return status === "certified" && draft.disclosure !== "aggregate";
}

/** Of a draft, which is in no index, and of a rehearsal, whose results are in none. */
function nothingOf(decisionId: string, now: number) {
  return {
    decision_id: decisionId,
    ballots: null,
    ballots_counted: null,
    turnout: null,
    ...viewFreshness(null, now),
    computed_at: new Date(now).toISOString(),
  };
}

function viewComputed({ indexedTo, computedAt }: ComputedStatistics, now: number) {
  return { ...viewFreshness(indexedTo, now), computed_at: new Date(computedAt).toISOString() };
}

function viewBallots({ total, byRegion, otherRegions, byMonth }: SearchStatistics["ballots"]) {
  return { total, by_region: [...byRegion], other_regions: otherRegions, by_month: [...byMonth] };
}

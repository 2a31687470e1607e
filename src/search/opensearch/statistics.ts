import { z } from "zod";
import { choices } from "../../ballot/ballot.ts";
import { limits } from "../../shared/limits.ts";
import { sortFacet } from "../embedded/sort-facet.ts";
import type { BallotCounts, Facet, SearchStatistics } from "../search.ts";
import { readAs } from "./engine-client.ts";
import { readRegions, sumOf } from "./region-counts.ts";
import type { SearchEngine } from "./search-engine.ts";

const terms = z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })) });
const count = z.object({ value: z.number() });
const decisionsSchema = z.object({
  hits: z.object({ total: z.object({ value: z.int() }) }),
  aggregations: z.object({
    status: terms,
    outcome: terms,
    closed: z.object({
      buckets: z.array(z.object({ key_as_string: z.string(), doc_count: z.int() })),
    }),
    turnout: z.object({ doc_count: z.int(), electorate: count, voted: count }),
  }),
});

const byChoice = { choice: { terms: { field: "vote_type", size: choices.length } } };
const ballotsSchema = z.object({
  aggregations: z
    .object({
      choice: terms,
      month: z.object({
        buckets: z.array(z.object({ key_as_string: z.string(), choice: terms })),
      }),
    })
    .optional(),
});

/** Sums of what is in the index; of one decision, or of all where that is null. */
export async function readStatistics(
  engine: SearchEngine,
  decisionId: string | null,
): Promise<SearchStatistics> {
  const [decisions, ballots, regions] = await Promise.all([
    readDecisions(engine, decisionId),
    readBallots(engine, decisionId),
    readRegions(engine, decisionId),
  ]);
  return {
    decisions,
    ballots: {
      ...ballots,
      byRegion: regions.slice(0, limits.searchRegionsMax),
      otherRegions: sumOf(regions.slice(limits.searchRegionsMax).map(({ counts }) => counts)),
    },
  };
}

async function readDecisions(
  engine: SearchEngine,
  decisionId: string | null,
): Promise<SearchStatistics["decisions"]> {
  const answer = await engine.searchDecisions({
    size: 0,
    track_total_hits: true,
    query: decisionId === null ? { match_all: {} } : { term: { id: decisionId } },
    aggs: {
      status: { terms: { field: "status", size: limits.searchFacetValuesMax } },
      outcome: { terms: { field: "outcome", size: limits.searchFacetValuesMax } },
      closed: { date_histogram: monthsOf("closed_at") },
      turnout: {
        filter: {
          bool: { filter: ["electorate", "voted"].map((field) => ({ exists: { field } })) },
        },
        aggs: { electorate: { sum: { field: "electorate" } }, voted: { sum: { field: "voted" } } },
      },
    },
  });
  if (answer === null) return noDecisions;
  const { hits, aggregations } = readAs(decisionsSchema, answer);
  const { status, outcome, closed, turnout } = aggregations;
  return {
    total: hits.total.value,
    byStatus: sortFacet(facetOf(status)),
    byOutcome: sortFacet(facetOf(outcome)),
    byMonth: closed.buckets.map(({ key_as_string, doc_count }) => ({
      value: key_as_string,
      count: doc_count,
    })),
    turnout: {
      decisions: turnout.doc_count,
      electorate: turnout.electorate.value,
      voted: turnout.voted.value,
    },
  };
}

async function readBallots(
  engine: SearchEngine,
  decisionId: string | null,
): Promise<Pick<SearchStatistics["ballots"], "total" | "byMonth">> {
  const answer = await engine.searchBallots({
    size: 0,
    query: decisionId === null ? { match_all: {} } : { term: { decision_id: decisionId } },
    aggs: { ...byChoice, month: { date_histogram: monthsOf("timestamp"), aggs: byChoice } },
  });
  const { aggregations } = readAs(ballotsSchema, answer);
  return {
    total: choiceCounts(aggregations?.choice),
    byMonth: (aggregations?.month.buckets ?? []).map(({ key_as_string, choice }) => ({
      month: key_as_string,
      counts: choiceCounts(choice),
    })),
  };
}

function monthsOf(field: string): object {
  return { field, calendar_interval: "month", format: "yyyy-MM", min_doc_count: 1 };
}

function facetOf({ buckets }: z.output<typeof terms>): Facet {
  return buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }));
}

function choiceCounts(found: z.output<typeof terms> | undefined): BallotCounts {
  const of = (choice: string) => found?.buckets.find(({ key }) => key === choice)?.doc_count ?? 0;
  return { yes: of("yes"), no: of("no"), abstain: of("abstain") };
}

const noDecisions: SearchStatistics["decisions"] = {
  total: 0,
  byStatus: [],
  byOutcome: [],
  byMonth: [],
  turnout: { decisions: 0, electorate: 0, voted: 0 },
};

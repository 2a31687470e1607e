import { z } from "zod";
import { choices, type Choice } from "../../ballot/ballot.ts";
import { limits } from "../../shared/limits.ts";
import type { BallotCounts } from "../search.ts";
import { readAs, unavailable } from "./engine-client.ts";
import type { SearchEngine } from "./search-engine.ts";

/** Ballots of a region; null is hidden. */
export interface RegionCounts {
  region: string | null;
  counts: BallotCounts;
}

const compositeSchema = z.object({
  aggregations: z
    .object({
      regions: z.object({
        after_key: z.record(z.string(), z.string().nullable()).optional(),
        buckets: z.array(
          z.object({
            key: z.object({ region: z.string().nullable(), choice: z.enum(choices) }),
            doc_count: z.int(),
          }),
        ),
      }),
    })
    .optional(),
});

const sources = [
  { region: { terms: { field: "region", missing_bucket: true } } },
  { choice: { terms: { field: "vote_type" } } },
];

/**
 * All regions with their ballots, the most first. Page by page through every pair of region and
 * choice: the largest alone, merged of several shards, would be estimates.
 */
export async function readRegions(
  engine: SearchEngine,
  decisionId: string | null,
): Promise<RegionCounts[]> {
  const size = limits.searchBucketsAPage;
  const regions = new Map<string | null, Record<Choice, number>>();
  let after: Record<string, string | null> | null = null;
  for (let page = 0; page < limits.searchBucketPagesMax; page += 1) {
    const composite: object = { size, sources, ...(after === null ? {} : { after }) };
    const answer = await engine.searchBallots({
      size: 0,
      query: decisionId === null ? { match_all: {} } : { term: { decision_id: decisionId } },
      aggs: { regions: { composite } },
    });
    const found = readAs(compositeSchema, answer).aggregations?.regions;
    for (const { key, doc_count } of found?.buckets ?? []) {
      const counts = regions.get(key.region) ?? { yes: 0, no: 0, abstain: 0 };
      counts[key.choice] += doc_count;
      regions.set(key.region, counts);
    }
    if (found?.after_key === undefined || found.buckets.length < size)
      return [...regions].map(([region, counts]) => ({ region, counts })).toSorted(byBallots);
    after = found.after_key;
  }
  throw unavailable("there are more regions than statistics can tell of");
}

export function sumOf(all: readonly BallotCounts[]): BallotCounts {
  const sum = { yes: 0, no: 0, abstain: 0 };
  for (const counts of all) for (const choice of choices) sum[choice] += counts[choice];
  return sum;
}

function byBallots(one: RegionCounts, other: RegionCounts): number {
  const more = ballotsOf(other.counts) - ballotsOf(one.counts);
  return more !== 0 ? more : (one.region ?? "") < (other.region ?? "") ? -1 : 1;
}

function ballotsOf({ yes, no, abstain }: BallotCounts): number {
  return yes + no + abstain;
}

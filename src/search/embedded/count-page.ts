import type { BallotPage, BallotCounts } from "../search.ts";

/** Counted ballots of a page that share region and month. */
export interface PageCount {
  region: string | null;
  /** As `2026-11`, in UTC. */
  month: string;
  counts: BallotCounts;
}

/** Counts a page's ballots by region and month. */
export function countPage({ ballots }: BallotPage): PageCount[] {
  const counted = new Map<
    string,
    PageCount & { counts: { -readonly [C in keyof BallotCounts]: number } }
  >();
  for (const { choice, region, at } of ballots) {
    const month = new Date(at).toISOString().slice(0, 7);
    const key = JSON.stringify([region, month]);
    let count = counted.get(key);
    if (count === undefined) {
      count = { region, month, counts: { yes: 0, no: 0, abstain: 0 } };
      counted.set(key, count);
    }
    count.counts[choice] += 1;
  }
  return [...counted.values()];
}

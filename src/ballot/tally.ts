import { choices, type Ballot, type Choice } from "./ballot.ts";

/**
 * Counted ballots of one choice in one region. Weight is BigInt: a million ballots of 10^12 pass
 * 2^53.
 */
export type Count = { ballots: number; weight: bigint };
export type RegionTally = Record<Choice, Count>;

/**
 * Counted ballots by region, then choice. The region of a decision without regions is the empty
 * string.
 */
export type Tally = ReadonlyMap<string, RegionTally>;

/** What a ballot adds to a tally. */
export type Countable = Pick<Ballot, "choice" | "region" | "weight">;

export function emptyRegionTally(): RegionTally {
  return {
    yes: { ballots: 0, weight: 0n },
    no: { ballots: 0, weight: 0n },
    abstain: { ballots: 0, weight: 0n },
  };
}

/**
 * The tally after counting `added` and no longer counting `removed`; a withdrawal counts for
 * nothing. Touched regions are copied, the rest shared.
 */
export function moveTally(
  tally: Tally,
  added: readonly Countable[],
  removed: readonly Countable[],
): Tally {
  const next = new Map(tally);
  const copied = new Set<string>();
  const move = (ballot: Countable, ballots: 1 | -1): void => {
    if (ballot.choice === "withdrawn") return;
    let cell = next.get(ballot.region);
    if (cell === undefined || !copied.has(ballot.region)) {
      cell = cell === undefined ? emptyRegionTally() : copyRegionTally(cell);
      next.set(ballot.region, cell);
      copied.add(ballot.region);
    }
    const count = cell[ballot.choice];
    count.ballots += ballots;
    count.weight += BigInt(ballot.weight) * BigInt(ballots);
  };
  for (const ballot of added) move(ballot, 1);
  for (const ballot of removed) move(ballot, -1);
  return next;
}

/** Sums region tallies, of shards into a decision or of regions into a whole. */
export function sumRegionTallies(tallies: Iterable<RegionTally>): RegionTally {
  const sum = emptyRegionTally();
  for (const tally of tallies) addRegionTally(sum, tally);
  return sum;
}

/** Sums the tallies of several shards region by region. */
export function sumTallies(tallies: Iterable<Tally>): Tally {
  const sum = new Map<string, RegionTally>();
  for (const tally of tallies) {
    for (const [region, counts] of tally) {
      const cell = sum.get(region) ?? emptyRegionTally();
      addRegionTally(cell, counts);
      sum.set(region, cell);
    }
  }
  return sum;
}

export function isSameRegionTally(a: RegionTally, b: RegionTally): boolean {
  if (a === b) return true;
  return choices.every(
    (choice) => a[choice].ballots === b[choice].ballots && a[choice].weight === b[choice].weight,
  );
}

/** Whether two tallies say the same; a region without a ballot may be there or not. */
export function isSameTally(a: Tally, b: Tally): boolean {
  const none = emptyRegionTally();
  return [...new Set([...a.keys(), ...b.keys()])].every((region) =>
    isSameRegionTally(a.get(region) ?? none, b.get(region) ?? none),
  );
}

/** Adds to a sum in place. */
export function addRegionTally(sum: RegionTally, other: RegionTally): void {
  for (const choice of choices) {
    sum[choice].ballots += other[choice].ballots;
    sum[choice].weight += other[choice].weight;
  }
}

/** Takes from a sum in place. */
export function subtractRegionTally(sum: RegionTally, other: RegionTally): void {
  for (const choice of choices) {
    sum[choice].ballots -= other[choice].ballots;
    sum[choice].weight -= other[choice].weight;
  }
}

/** A tally of its own with the same figures. */
export function copyRegionTally(tally: RegionTally): RegionTally {
  return { yes: { ...tally.yes }, no: { ...tally.no }, abstain: { ...tally.abstain } };
}

/** How many counted ballots a region has. */
export function countedBallots({ yes, no, abstain }: RegionTally): number {
  return yes.ballots + no.ballots + abstain.ballots;
}

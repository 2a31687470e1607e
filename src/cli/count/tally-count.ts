import { choices, type Choice } from "../../ballot/ballot.ts";

/**
 * A count made by the scripts themselves. It is kept apart from the platform's own tally on
 * purpose: a check that shared the code it checks would agree with its faults.
 */
export type ChoiceCount = { ballots: number; weight: bigint };
export type RegionCount = Record<Choice, ChoiceCount>;
export type TallyCount = Map<string, RegionCount>;

export function newRegionCount(): RegionCount {
  return {
    yes: { ballots: 0, weight: 0n },
    no: { ballots: 0, weight: 0n },
    abstain: { ballots: 0, weight: 0n },
  };
}

/** Counts one ballot. */
export function countBallot(
  tally: TallyCount,
  ballot: { region: string; choice: Choice; weight: number },
): void {
  let region = tally.get(ballot.region);
  if (region === undefined) tally.set(ballot.region, (region = newRegionCount()));
  const cell = region[ballot.choice];
  cell.ballots += 1;
  cell.weight += BigInt(ballot.weight);
}

/** The sum over all regions. */
export function sumRegions(tally: TallyCount): RegionCount {
  const sum = newRegionCount();
  for (const region of tally.values()) addRegion(sum, region);
  return sum;
}

/** Adds one tally to another, region by region, as the shards of a decision add up. */
export function addTally(sum: TallyCount, other: TallyCount): void {
  for (const [region, count] of other) {
    const cell = sum.get(region) ?? newRegionCount();
    addRegion(cell, count);
    sum.set(region, cell);
  }
}

export function totalBallots(region: RegionCount): number {
  return choices.reduce((sum, choice) => sum + region[choice].ballots, 0);
}

export function totalWeight(region: RegionCount): bigint {
  return choices.reduce((sum, choice) => sum + region[choice].weight, 0n);
}

function addRegion(sum: RegionCount, other: RegionCount): void {
  for (const choice of choices) {
    sum[choice].ballots += other[choice].ballots;
    sum[choice].weight += other[choice].weight;
  }
}

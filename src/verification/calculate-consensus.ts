import { choices, type Choice } from "../ballot/ballot.ts";
import type { RegionTally } from "../ballot/tally.ts";
import { formatRatio, ratio } from "../rules/ratio.ts";

/** Votes as columns, a place each: a million of them are 3 MB. */
export interface PackedVotes {
  size: number;
  /** Places in yes, no, abstain. */
  choices: Uint8Array;
  /** Places in `regionCodes`; any other number is a vote whose region is not told. */
  regions: Uint16Array;
  regionCodes: readonly string[];
}

/** How far voters agree, as exact fractions such as `2/3`; null where nothing is to be divided by. */
export interface Agreement {
  support: string | null;
  agreement: string | null;
  /** Null where nobody knows how many may vote. */
  participation: string | null;
}

/** What all who may vote weigh together. */
export interface EligibleWeight {
  whole: bigint;
  regions: ReadonlyMap<string, bigint>;
}

export interface ConsensusPart extends Agreement {
  tally: RegionTally;
}

export interface Consensus {
  whole: ConsensusPart;
  regions: Map<string, ConsensusPart>;
  /** Votes whose region and weight are not told: they are in the whole's ballots alone. */
  untold: RegionTally;
}

/**
 * Counts votes with their weights, whole and by region, and says how far voters agree, with Y, N
 * and A the weights of yes, no and abstentions:
 *
 * - support = Y ÷ (Y + N)
 * - agreement = (M − ½ (Y + N + A − M)) ÷ (Y + N + A), with M the largest of Y, N and A: 1 when all
 *   vote alike, 0 when they are split in three equal parts (the Agreement Index of S. Hix, A. Noury
 *   and G. Roland, "Power to the Parties", British Journal of Political Science 35, 2005, p. 215)
 * - participation = (Y + N + A) ÷ E, with E the weight of all who may vote
 *
 * Where some weights are not told the whole's support and agreement are those of ballots.
 * @param weights whole numbers up to 2^53, in the places of the votes
 */
export function calculateConsensus(
  votes: PackedVotes,
  weights: ArrayLike<number>,
  eligible: EligibleWeight | null = null,
): Consensus {
  const { size, regions, regionCodes } = votes;
  const cells = (regionCodes.length + 1) * choices.length;
  const ballots = new Float64Array(cells);
  const [low, high] = [new Float64Array(cells), new Float64Array(cells)];
  for (let index = 0; index < size; index += 1) {
    const region = Math.min(regions[index] ?? 0, regionCodes.length);
    const cell = region * choices.length + (votes.choices[index] ?? 0);
    ballots[cell] = (ballots[cell] ?? 0) + 1;
    // Two words: a sum of a million weights of 10^12 passes 2^53.
    const sum = (low[cell] ?? 0) + ((weights[index] ?? 0) % word);
    high[cell] =
      (high[cell] ?? 0) + Math.floor((weights[index] ?? 0) / word) + Math.floor(sum / word);
    low[cell] = sum % word;
  }
  const tallyAt = (place: number): RegionTally => {
    const count = (choice: number) => {
      const cell = place * choices.length + choice;
      const weight = BigInt(high[cell] ?? 0) * BigInt(word) + BigInt(low[cell] ?? 0);
      return { ballots: ballots[cell] ?? 0, weight };
    };
    return { yes: count(0), no: count(1), abstain: count(2) };
  };
  const partOf = (tally: RegionTally, of: bigint | undefined): ConsensusPart => ({
    tally,
    ...agreementOf(tally, "weight", of ?? 0n),
  });
  const byRegion = regionCodes.map(
    (code, place) => [code, partOf(tallyAt(place), eligible?.regions.get(code))] as const,
  );
  const untold = tallyAt(regionCodes.length);
  const tally = addAll([...byRegion.map(([, part]) => part.tally), untold]);
  const isTold = choices.every((choice) => untold[choice].ballots === 0);
  const whole = isTold
    ? partOf(tally, eligible?.whole)
    : { tally, ...agreementOf(tally, "ballots", 0n) };
  return { whole, regions: new Map(byRegion), untold };
}

const word = 2 ** 32;

function addAll(tallies: readonly RegionTally[]): RegionTally {
  const sumOf = (choice: Choice) => ({
    ballots: tallies.reduce((sum, tally) => sum + tally[choice].ballots, 0),
    weight: tallies.reduce((sum, tally) => sum + tally[choice].weight, 0n),
  });
  return { yes: sumOf("yes"), no: sumOf("no"), abstain: sumOf("abstain") };
}

function agreementOf(tally: RegionTally, by: "ballots" | "weight", eligible: bigint): Agreement {
  const [yes = 0n, no = 0n, abstain = 0n] = choices.map((choice) => BigInt(tally[choice][by]));
  const cast = yes + no + abstain;
  const most = [no, abstain].reduce((top, sum) => (sum > top ? sum : top), yes);
  return {
    support: fractionOf(yes, yes + no),
    agreement: fractionOf(3n * most - cast, 2n * cast),
    participation: fractionOf(cast, eligible),
  };
}

function fractionOf(over: bigint, under: bigint): string | null {
  return under === 0n ? null : formatRatio(ratio(over, under));
}

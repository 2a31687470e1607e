import { noTokens } from "../../../src/decision/token-counts.ts";
import fc from "fast-check";
import { choices, type Choice } from "../../../src/ballot/ballot.ts";
import { emptyRegionTally, sumRegionTallies, type RegionTally } from "../../../src/ballot/tally.ts";
import type { DecisionResult } from "../../../src/results/result.ts";
import { advanceReleases, noReleases, type Releases } from "../../../src/results/releases.ts";
import { showResult, type ShownResult } from "../../../src/results/shown-result.ts";
import { shownCells, type CountedCell } from "../../../src/results/shown-cells.ts";

const regionCodes = ["north", "south", "east"];

/** A first vote, or another one of a voter who has voted; the room looks after some of them. */
type Vote = { region: string; weight: number; choice: Choice; again: number | null; look: boolean };
type Election = { releaseMin: number; votes: readonly Vote[] };

export const electionArbitrary: fc.Arbitrary<Election> = fc.record({
  releaseMin: fc.integer({ min: 2, max: 12 }),
  votes: fc.array(
    fc.record({
      region: fc.constantFrom("north", "north", "north", "south", "south", "east"),
      weight: fc.constantFrom(1, 1, 1, 3),
      choice: fc.constantFrom(...choices),
      again: fc.option(fc.nat(), { freq: 6 }),
      look: fc.boolean(),
    }),
    { minLength: 20, maxLength: 120, size: "max" },
  ),
});

type Counted = { choice: Choice; weight: number };
/** Counted votes by voter. */
type Votes = ReadonlyMap<number, Counted>;
type ByRegion = ReadonlyMap<string, Votes>;

/** What anybody sees at a moment, and whose votes it is made of. */
export type SeenView = { result: ShownResult; regions: ByRegion };

/** An election: what was seen of it before the close, and how everybody had voted in the end. */
export type HeldElection = {
  releaseMin: number;
  views: readonly SeenView[];
  accepted: number;
  electionEnd: ByRegion;
};

/** Holds an election whose room looks now and then; whoever looks sees what `advance` releases. */
export function holdElection(
  { releaseMin, votes }: Election,
  advance: typeof advanceReleases = advanceReleases,
): HeldElection {
  let now = noVotesIn(regionCodes);
  let releases: Releases = noReleases;
  /** Whose votes a frozen state is made of, by its tally. */
  const madeOf = new Map<RegionTally, Votes>();
  const views: SeenView[] = [];
  const voters: { region: string; weight: number }[] = [];
  for (const [index, { region, weight, choice, again, look }] of votes.entries()) {
    const voter = again === null || voters.length === 0 ? voters.length : again % voters.length;
    if (voter === voters.length) voters.push({ region, weight });
    const { region: where, weight: weighs } = voters[voter] ?? { region, weight };
    now = new Map(now).set(where, new Map(now.get(where)).set(voter, { choice, weight: weighs }));
    if (!look) continue;
    const tallies = new Map([...now].map(([code, counted]) => [code, tallyOf(counted)]));
    const next = advance(releases, tallies, { releaseMin, now: 1_000 + index });
    for (const [code, { newest }] of next.regions)
      if (releases.regions.get(code)?.newest !== newest)
        madeOf.set(newest.tally, now.get(code) ?? new Map());
    releases = next;
    views.push(seen({ releases, releaseMin, tallies, accepted: index + 1 }, madeOf));
  }
  return { releaseMin, views, accepted: votes.length, electionEnd: now };
}

function noVotesIn(codes: readonly string[]): ByRegion {
  return new Map(codes.map((code) => [code, new Map()]));
}

interface Look {
  releases: Releases;
  releaseMin: number;
  tallies: ReadonlyMap<string, RegionTally>;
  accepted: number;
}

function seen(
  { releases, releaseMin, tallies, accepted }: Look,
  madeOf: ReadonlyMap<RegionTally, Votes>,
): SeenView {
  const exposure = { kind: "releases", releases, releaseMin, since: 0 } as const;
  const result = showResult(resultOf(tallies, { accepted, exposure, status: "open" }), accepted);
  const regions = new Map(
    regionCodes.flatMap((code) => {
      const shown = releases.regions.get(code)?.shown ?? null;
      if (shown === null) return [];
      const states = madeOf.get(shown.tally);
      if (states === undefined) throw new Error("what is shown was never frozen");
      return [[code, states] as const];
    }),
  );
  return { result, regions };
}

function resultOf(
  regions: ReadonlyMap<string, RegionTally>,
  given: Pick<DecisionResult, "accepted" | "exposure" | "status">,
): DecisionResult {
  return {
    decisionId: "delta",
    visibility: "live",
    version: given.accepted + (given.status === "open" ? 2 : 4),
    isFinal: given.status !== "open",
    asOf: 500_000 + given.accepted,
    total: sumRegionTallies(regions.values()),
    roll: null,
    tokens: noTokens,
    regions,
    ...given,
  };
}

/** What is seen right after the close. */
export function closedView({ electionEnd, accepted }: HeldElection): ShownResult {
  const tallies = new Map([...electionEnd].map(([code, counted]) => [code, tallyOf(counted)]));
  const exposure = { kind: "regions", codes: [] } as const;
  return showResult(resultOf(tallies, { accepted, exposure, status: "closed" }), 0);
}

/** What certification shows of it. */
export function certifiedView(held: HeldElection) {
  const cells = new Map<string, CountedCell>();
  for (const [region, counted] of held.electionEnd) {
    for (const { weight } of counted.values()) {
      const key = `${region}/${weight}`;
      const known = cells.get(key) ?? { region, weight, voters: 0 };
      cells.set(key, { ...known, voters: known.voters + 1 });
    }
  }
  const terms = {
    disclosure: "pseudonymous",
    visibility: "live",
    smallCellsMin: 0,
    regions: regionCodes.map((code) => ({ code, name: code })),
    weightMax: 3,
    roll: null,
  } as const;
  return { ...held, shown: shownCells(terms, cells.values()) };
}

function tallyOf(counted: Votes): RegionTally {
  const tally = emptyRegionTally();
  for (const { choice, weight } of counted.values()) {
    tally[choice].ballots += 1;
    tally[choice].weight += BigInt(weight);
  }
  return tally;
}

/**
 * The fewest voters by whom what is seen of a region differs between any two of these views. Whoever
 * sums or subtracts regions has at least as many: voters of one region are in no other.
 */
export function smallestStep(views: readonly SeenView[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const code of regionCodes) {
    const none: Votes = new Map();
    const states = [...new Set([none, ...views.map(({ regions }) => regions.get(code) ?? none)])];
    for (const [index, later] of states.entries()) {
      for (const earlier of states.slice(0, index))
        least = Math.min(least, differing(earlier, later));
    }
  }
  return least;
}

/**
 * The fewest voters whose votes are left of the whole after the close, once whatever is seen of
 * regions is subtracted: of those shown after the close nothing is left, of others all that has
 * come since the view, or everything.
 */
export function smallestDifference(
  { regions }: SeenView,
  end: ByRegion,
  shown: readonly string[],
): number {
  let left = 0;
  for (const [code, counted] of end) {
    if (shown.includes(code)) continue;
    const before = regions.get(code);
    left += before === undefined ? counted.size : differing(before, counted);
  }
  return left;
}

/** How many voters are counted otherwise: their own new votes ride along. */
function differing(before: Votes, after: Votes): number {
  let count = 0;
  for (const [voter, { choice }] of after) if (before.get(voter)?.choice !== choice) count += 1;
  return count;
}

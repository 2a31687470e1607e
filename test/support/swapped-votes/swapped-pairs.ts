import { holdCoreElection, openerOf, type CoreElection } from "./core-election.ts";
import { withSwappedPids } from "./core-shards.ts";
import type { Plant, Sight } from "./core-sights.ts";
import {
  Chance,
  isBallot,
  makeElection,
  swapVotes,
  type ElectionTerms,
  type RandomElection,
} from "./random-election.ts";

/** Two elections that differ in whose of two ballots is whose, and all that is seen of them. */
export interface SwappedPair {
  seed: number;
  pair: readonly [number, number];
  before: readonly Sight[];
  after: readonly Sight[];
}

/** A voter's ballots as others may know them: what came when, without choices. */
function patternOf({ commits }: RandomElection, voter: number): { kinds: string; at: number[] } {
  const own = commits.flatMap((commit, at) =>
    commit
      .filter((each) => isBallot(each) && each.voter === voter)
      .map(({ kind }) => ({ kind, at })),
  );
  return { kinds: own.map(({ kind }) => kind).join(" "), at: own.map(({ at }) => at) };
}

function choicesOf({ commits }: RandomElection, voter: number): string {
  const own = commits.flat().filter((each) => isBallot(each) && each.voter === voter);
  return own.map((each) => (isBallot(each) && each.kind === "vote" ? each.choice : "")).join(" ");
}

/**
 * Pairs of voters of whom nobody else may know which one cast which ballots: of one region and
 * weight, with as many ballots and withdrawals, and other choices. Where counts are shown while
 * votes come, both have to come between the same two releases: those tell how such voters voted.
 */
export function swappablePairs(
  election: RandomElection,
  { frozen }: Pick<CoreElection, "frozen">,
): [number, number][] {
  const { voters, visibility } = election;
  const patterns = voters.map((_, voter) => patternOf(election, voter));
  const choices = voters.map((_, voter) => choicesOf(election, voter));
  const isAlike = (one: number, other: number): boolean => {
    const [a, b] = [voters[one], voters[other]];
    const [p, q] = [patterns[one], patterns[other]];
    if (a?.region !== b?.region || a?.weight !== b?.weight) return false;
    if (p === undefined || p.kinds === "" || p.kinds !== q?.kinds) return false;
    if (choices[one] === choices[other]) return false;
    const releases = frozen.get(a?.region ?? "") ?? [];
    const step = (at: number) => releases.filter((release) => release < at).length;
    return visibility !== "live" || p.at.every((at, slot) => step(at) === step(q.at[slot] ?? -1));
  };
  return voters.flatMap((_, one) =>
    voters.flatMap((__, other): [number, number][] =>
      one < other && isAlike(one, other) ? [[one, other]] : [],
    ),
  );
}

/** Which elections are compared, and what is planted into them. */
export interface PairsInput {
  seed: number;
  terms: ElectionTerms;
  pairsMax: number;
  plant?: Plant;
}

/** Holds the election of a seed, and with it as many swapped ones as there are pairs to swap. */
export function holdSwappedPairs({ seed, terms, pairsMax, plant }: PairsInput): SwappedPair[] {
  const election = makeElection(seed, terms);
  const opener = openerOf(election);
  const planted = plant === undefined ? {} : { plant };
  const base = holdCoreElection({ election, opener, ...planted });
  const pairs = swappablePairs(election, base);
  const chance = new Chance(seed + 1);
  const chosen = Array.from({ length: Math.min(pairsMax, pairs.length) }, () =>
    chance.oneOf(pairs),
  );
  return chosen.map((pair) => {
    const [one, other] = pair.map((voter) => election.voters[voter]?.pid ?? "");
    const swapped = withSwappedPids(opener, [[one ?? "", other ?? ""]]);
    const votes = swapVotes(election, pair);
    const after = holdCoreElection({ election: votes, opener: swapped, ...planted });
    const seen = ({ voter }: Sight): boolean => voter === null || !pair.includes(voter);
    return { seed, pair, before: base.sights.filter(seen), after: after.sights.filter(seen) };
  });
}

/** The first thing that differs, of both elections; null where all bytes are the same. */
export function firstDifference({
  before,
  after,
}: SwappedPair): [Sight | null, Sight | null] | null {
  const length = Math.max(before.length, after.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [before[at] ?? null, after[at] ?? null];
    if (one?.kind !== other?.kind || one?.text !== other?.text) return [one, other];
  }
  return null;
}

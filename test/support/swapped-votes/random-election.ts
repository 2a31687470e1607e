import { createHash } from "node:crypto";
import { seededRandom } from "../../../bench/kill-test/random.ts";
import { choices, type Choice } from "../../../src/ballot/ballot.ts";
import type { Disclosure, RevotePolicy, Visibility } from "../../../src/decision/decision.ts";

/** A voter as the organiser knows them, and the pid that the decision's key makes of that. */
export interface ElectionVoter {
  voterId: string;
  pid: string;
  region: string;
  weight: number;
}

/** What arrives: a voter's next ballot, or something that changes nothing. */
export type Arrival =
  | { kind: "vote" | "withdrawal"; voter: number; choice: Choice; nonce: string }
  /** A voter's newest request once more. */
  | { kind: "repeat"; voter: number }
  /** Whoever holds a token of a voter who has voted, without the r. */
  | { kind: "stranger"; voter: number; choice: Choice; nonce: string; isWithdrawal: boolean };

/** An election that is wholly known before it is held. */
export interface RandomElection {
  seed: number;
  disclosure: Disclosure;
  visibility: Visibility;
  revotePolicy: RevotePolicy;
  regions: readonly string[];
  voters: readonly ElectionVoter[];
  hasRoll: boolean;
  shards: number;
  releaseMin: number;
  smallCellsMin: number;
  /** What comes in one commit each. */
  commits: readonly (readonly Arrival[])[];
  /** Whether the room looks after each commit, and so may release. */
  looks: readonly boolean[];
}

/** What is not left to chance. */
export type ElectionTerms = Pick<RandomElection, "disclosure" | "visibility">;

/** Chance from a seed. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  is(probability: number): boolean {
    return this.#random() < probability;
  }

  oneOf<One>(all: readonly One[]): One {
    return all[this.below(all.length)] as One;
  }
}

export function hexOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function pidOf(seed: number, voterId: string): string {
  return createHash("sha256").update(`pid ${seed} ${voterId}`).digest("base64url").slice(0, 22);
}

/** The election of a seed, with few regions and weights, so that many voters share both. */
export function makeElection(seed: number, terms: ElectionTerms): RandomElection {
  const chance = new Chance(seed);
  const regions = ["north", "south", "east"].slice(0, chance.below(4));
  const heaviest = chance.oneOf([1, 1, 2, 3]);
  const voters = Array.from({ length: chance.between(8, 40) }, (_, index) => {
    const voterId = `voter ${index}`;
    const region = regions.length === 0 ? "" : (regions[chance.below(regions.length)] as string);
    return { voterId, pid: pidOf(seed, voterId), region, weight: chance.between(1, heaviest) };
  });
  const revotePolicy = chance.oneOf(["final", "revisable"] as const);
  const arrivals = arrivalsOf(chance, voters.length, { seed, revotePolicy });
  const commits: Arrival[][] = [];
  for (let from = 0; from < arrivals.length;) {
    const size = chance.is(0.5) ? 1 : chance.between(2, 8);
    commits.push(arrivals.slice(from, from + size));
    from += size;
  }
  const isLookedAtOften = chance.is(0.5);
  return {
    ...terms,
    seed,
    revotePolicy,
    regions,
    voters,
    hasRoll: chance.is(0.5),
    shards: chance.between(1, 3),
    releaseMin: chance.between(2, 10),
    smallCellsMin: chance.oneOf([0, 0, 12]),
    commits,
    looks: commits.map(() => chance.is(isLookedAtOften ? 0.9 : 0.2)),
  };
}

/** In which order voters come, how they vote, and what else comes in between. */
function arrivalsOf(
  chance: Chance,
  voters: number,
  { seed, revotePolicy }: Pick<RandomElection, "seed" | "revotePolicy">,
): Arrival[] {
  const cast = new Map<number, number>();
  const arrivals: Arrival[] = [];
  const nonce = (label: string) => hexOf(`nonce ${seed} ${label}`);
  for (let asked = 0; asked < voters * 2; asked += 1) {
    const voter = chance.below(voters);
    const ballots = cast.get(voter) ?? 0;
    const choice = chance.oneOf(choices);
    const isMore = ballots > 0 && chance.is(0.7);
    if (isMore && chance.is(0.4)) {
      arrivals.push({ kind: "repeat", voter });
    } else if (isMore) {
      const label = `stranger ${asked}`;
      arrivals.push({
        kind: "stranger",
        voter,
        choice,
        nonce: nonce(label),
        isWithdrawal: chance.is(0.3),
      });
    } else if (ballots === 0 || (revotePolicy === "revisable" && ballots < 4)) {
      const isWithdrawal = ballots > 0 && chance.is(0.2);
      const kind = isWithdrawal ? "withdrawal" : "vote";
      arrivals.push({ kind, voter, choice, nonce: nonce(`${voter} ${ballots}`) });
      cast.set(voter, ballots + 1);
    }
  }
  return arrivals;
}

type Ballot = Extract<Arrival, { kind: "vote" | "withdrawal" }>;

export function isBallot(arrival: Arrival): arrival is Ballot {
  return arrival.kind === "vote" || arrival.kind === "withdrawal";
}

/** The same election, in which two voters have swapped choices and nonces, ballot by ballot. */
export function swapVotes(
  election: RandomElection,
  [one, other]: readonly [number, number],
): RandomElection {
  const ballotsOf = (voter: number) =>
    election.commits.flat().filter((each) => isBallot(each) && each.voter === voter) as Ballot[];
  const partners = new Map([
    [one, ballotsOf(other)],
    [other, ballotsOf(one)],
  ]);
  const swap = (arrival: Arrival): Arrival => {
    if (!isBallot(arrival)) return arrival;
    const partner = partners.get(arrival.voter)?.shift();
    if (partner === undefined) return arrival;
    return { ...arrival, choice: partner.choice, nonce: partner.nonce };
  };
  return { ...election, commits: election.commits.map((commit) => commit.map(swap)) };
}

import { describe, expect, it } from "vitest";
import {
  compareBits,
  compareOrders,
  joinTimes,
  makeEvidence,
  matchFingerprints,
  subtractViews,
  type Evidence,
  type Guess,
} from "../../support/swapped-votes/attackers.ts";
import type { Plant } from "../../support/swapped-votes/core-sights.ts";
import { Chance, hexOf } from "../../support/swapped-votes/random-election.ts";

// Attackers who know the design, pids, times, the order of arrival and every vote and receipt but
// those of two voters of one region and weight. They guess which of the two cast which choice.

interface AttackTerms {
  visibility: "live" | "sealed";
  isWatched: boolean;
}

/** How often each guesses right, in so many elections; who can't tell tosses a coin. */
function attack(
  guesses: Readonly<Record<string, Guess>>,
  { elections, terms, plant }: { elections: number; terms: AttackTerms; plant?: Plant },
): Record<string, number> {
  const right = Object.fromEntries(Object.keys(guesses).map((name) => [name, 0]));
  const { visibility, isWatched } = terms;
  for (let seed = 1, held = 0; held < elections; seed += 1) {
    const given = { disclosure: "pseudonymous", visibility } as const;
    const planted = plant === undefined ? {} : { plant };
    const made = makeEvidence({ seed, terms: given, isWatched, ...planted });
    if (made === null) continue;
    held += 1;
    const coin = new Chance(seed + 3);
    for (const [name, guess] of Object.entries(guesses)) {
      const toss = coin.below(2);
      if ((guess(made.evidence) ?? toss) === made.truth) right[name] = (right[name] ?? 0) + 1;
    }
  }
  return right;
}

const attackers = {
  "whoever makes fingerprints of pids, as of a roll of one voter": matchFingerprints,
  "whoever compares the order of a batch with that of a list": compareOrders,
  "whoever compares bits of hashes with bits of pids": compareBits,
  "whoever joins times": joinTimes,
  "whoever subtracts successive views of all routes": subtractViews,
};

/** Elections in all: half of them live and watched after every vote. `npm run test:secrecy` holds 2,000. */
const elections = Number(process.env["SWAPPED_PAIRS"] ?? 4_000) / 5;

/** Four standard deviations of so many coins. */
function luck(coins: number): number {
  return 2 * Math.sqrt(coins);
}

describe("guesses which of two voters cast which choice", () => {
  const results = [
    { visibility: "live", isWatched: true },
    { visibility: "sealed", isWatched: false },
  ] as const;

  it.each(results)("are no better than chance in $visibility decisions", (terms) => {
    const coins = elections / 2;
    const right = attack(attackers, { elections: coins, terms });
    for (const [name, count] of Object.entries(right)) {
      expect(Math.abs(count - coins / 2), `${name}: ${count} of ${coins}`).toBeLessThan(
        luck(coins),
      );
    }
  });
});

/** What would be seen if something were added to each row, or to each view. */
const leaks: { name: keyof typeof attackers; leak: string; plant: Plant }[] = [
  {
    name: "whoever makes fingerprints of pids, as of a roll of one voter",
    leak: "a hash of its pid beside each row",
    plant: (kind, { of }) => (kind === "counted row" && of !== null ? hexOf(of.pid) : undefined),
  },
  {
    name: "whoever compares the order of a batch with that of a list",
    leak: "its number in the order of arrival beside each row",
    plant: (kind, { of }) => (kind === "counted row" ? of?.arrival : undefined),
  },
  {
    name: "whoever joins times",
    leak: "its time of arrival beside each row",
    plant: (kind, { of }) => (kind === "counted row" ? of?.arrivedAt : undefined),
  },
  {
    name: "whoever subtracts successive views of all routes",
    leak: "the true counts beside each result",
    plant: (kind, { result }) => {
      if (kind !== "results" || result === null || result.status !== "open") return undefined;
      const regions = result.regions.size === 0 ? [["", result.total] as const] : result.regions;
      const counts = [...regions].map(([code, { yes, no, abstain }]) => [
        code,
        { yes: yes.ballots, no: no.ballots, abstain: abstain.ballots },
      ]);
      return [result.asOf, counts];
    },
  },
];

describe("the same guesses", () => {
  it.each(leaks)("by $name are nearly always right with $leak", ({ name, plant }) => {
    const terms = { visibility: "live", isWatched: true } as const;
    const held = 60;
    const right = attack({ [name]: attackers[name] }, { elections: held, terms, plant });
    expect(right[name]).toBeGreaterThanOrEqual(held * 0.9);
  });

  it("rest on two rows that are left once everybody else has shown a receipt", () => {
    const evidence: Evidence[] = [];
    for (let seed = 1; evidence.length < 50; seed += 1) {
      const terms = { disclosure: "pseudonymous", visibility: "sealed" } as const;
      const made = makeEvidence({ seed, terms });
      if (made !== null) evidence.push(made.evidence);
    }
    expect(evidence.map(({ left }) => left.length)).toEqual(evidence.map(() => 2));
  });
});

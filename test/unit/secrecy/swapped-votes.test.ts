import { describe, expect, it } from "vitest";
import { disclosures, visibilities } from "../../../src/decision/decision.ts";
import { coreLeaks, type CoreLeak } from "../../support/swapped-votes/core-leaks.ts";
import { firstDifference, holdSwappedPairs } from "../../support/swapped-votes/swapped-pairs.ts";

// Here are many pairs of random elections, held by the pure core: the transition, releases, what is
// shown of results and outcomes, and the publication. The same is seen through the whole Worker, on
// every route and by every role, in test/worker/http/swapped-votes.test.ts.

/** A live roll call shows each ballot at once, by name: there is nothing to hide. */
const terms = disclosures.flatMap((disclosure) =>
  visibilities
    .filter((visibility) => disclosure !== "roll_call" || visibility !== "live")
    .map((visibility) => ({ disclosure, visibility })),
);

/** Of each of the eight kinds of decision; `npm run test:secrecy` compares 10,000 in all. */
const pairsEach = Number(process.env["SWAPPED_PAIRS"] ?? 4_000) / terms.length;

describe("two voters of one region and weight who swap their votes", () => {
  it.each(terms)("are seen alike by all others ($disclosure, $visibility)", (given) => {
    let pairs = 0;
    for (let seed = 1; pairs < pairsEach; seed += 1) {
      for (const pair of holdSwappedPairs({ seed, terms: given, pairsMax: 4 })) {
        expect([pair.seed, pair.pair, firstDifference(pair)]).toEqual([pair.seed, pair.pair, null]);
        pairs += 1;
      }
    }
  });
});

/** Whether a leak shows within so many elections. */
function isFound({ kind, plant }: CoreLeak): boolean {
  const given = { disclosure: "pseudonymous", visibility: "live" } as const;
  for (let seed = 1; seed <= 60; seed += 1) {
    for (const pair of holdSwappedPairs({ seed, terms: given, pairsMax: 4, plant })) {
      const difference = firstDifference(pair);
      if (difference !== null) {
        expect(difference[0]?.kind).toBe(kind);
        return true;
      }
    }
  }
  return false;
}

describe("the comparison", () => {
  it.each(coreLeaks)("finds $name in the $kind", (leak) => {
    expect(isFound(leak)).toBe(true);
  });
});

import fc from "fast-check";
import { choices } from "../../../src/ballot/ballot.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";

/** Few voters, keys and regions, so that repeats, revotes and reused keys are the rule and not the exception. */
export const requestArbitrary: fc.Arbitrary<CastRequest> = fc.record({
  pid: fc.constantFrom(...["a", "b", "c", "d", "e"].map((letter) => letter.repeat(22))),
  choice: fc.constantFrom(...choices),
  region: fc.constantFrom("north", "south", "east"),
  weight: fc.constantFrom(1, 2, 999_999_999_999, 1_000_000_000_000),
  requestKey: fc.option(fc.constantFrom("k1", "k2", "k3"), { nil: null }),
});

/** Requests as they reach a shard: cut into batches of any size, empty ones too. */
export const batchesArbitrary = fc.array(fc.array(requestArbitrary, { maxLength: 12 }), {
  maxLength: 8,
});

export function termsFor(revotePolicy: "final" | "revisable"): VotingTerms {
  return {
    decisionId: "delta",
    shard: 0,
    shards: 1,
    opensAt: 1_000,
    closesAt: 2_000,
    revotePolicy,
    regions: new Set(["north", "south", "east"]),
    weightMax: 1_000_000_000_000,
    roll: null,
  };
}

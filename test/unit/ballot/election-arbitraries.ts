import fc from "fast-check";
import { ballotChoices } from "../../../src/ballot/ballot.ts";
import type { RollEntry } from "../../../src/decision/roll.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { Visibility } from "../../../src/decision/decision.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";

/** Few voters, keys and regions, so that repeats, revotes and reused keys are the rule and not the exception. */
const pids = ["a", "b", "c", "d", "e"].map((letter) => letter.repeat(22));
const entry = {
  region: fc.constantFrom("north", "south", "east"),
  weight: fc.constantFrom(1, 2, 999_999_999_999, 1_000_000_000_000),
};

export const requestArbitrary: fc.Arbitrary<CastRequest> = fc.record({
  pid: fc.constantFrom(...pids),
  choice: fc.constantFrom(...ballotChoices),
  ...entry,
  requestKey: fc.option(fc.constantFrom("k1", "k2", "k3"), { nil: null }),
});

/** A roll with some of those voters on it, seldom with the region and weight that their requests say. */
export const rollArbitrary: fc.Arbitrary<[pid: string, entry: RollEntry][]> = fc
  .subarray(pids)
  .chain((some) => fc.tuple(...some.map((pid) => fc.tuple(fc.constant(pid), fc.record(entry)))));

/** Requests as they reach a shard: cut into batches of any size, empty ones too. */
export const batchesArbitrary = fc.array(fc.array(requestArbitrary, { maxLength: 12 }), {
  maxLength: 8,
});

export function termsFor(
  revotePolicy: "final" | "revisable",
  visibility: Visibility = "live",
): VotingTerms {
  return {
    decisionId: "delta",
    shard: 0,
    shards: 1,
    opensAt: 1_000,
    closesAt: 2_000,
    revotePolicy,
    regions: new Set(["north", "south", "east"]),
    weightMax: 1_000_000_000_000,
    visibility,
    roll: null,
  };
}

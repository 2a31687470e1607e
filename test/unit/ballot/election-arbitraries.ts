import fc from "fast-check";
import { ballotChoices } from "../../../src/ballot/ballot.ts";
import type { RollEntry } from "../../../src/decision/roll.ts";
import { authorities, type CastRequest } from "../../../src/ballot/voter.ts";
import { disclosures, type Disclosure } from "../../../src/decision/decision.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";
import { modelKeys, proofOf } from "../../support/independent-opening.ts";
import { labelNonce } from "../../support/label-nonce.ts";

/** Few voters, nonces and regions, so that repeats, changes and reused nonces are the rule. */
const pids = ["a", "b", "c", "d", "e"].map((letter) => letter.repeat(22));
const nonces = ["one", "two", "three", "four"].map(labelNonce);
const entry = {
  region: fc.constantFrom("north", "south", "east"),
  weight: fc.constantFrom(1, 2, 999_999_999_999, 1_000_000_000_000),
};

export const pidArbitrary = fc.constantFrom(...pids);

export const disclosureArbitrary: fc.Arbitrary<Disclosure> = fc.constantFrom(...disclosures);

/** Its proof is that of a ballot that may be the newest or not, or of nobody's, or missing. */
export const requestArbitrary: fc.Arbitrary<CastRequest> = fc
  .record({
    pid: pidArbitrary,
    choice: fc.constantFrom(...ballotChoices),
    ...entry,
    nonce: fc.constantFrom(...nonces),
    proven: fc.option(fc.constantFrom(...nonces, ...nonces, labelNonce("never sent"))),
    authority: fc.constantFrom(...authorities, "token" as const, "token" as const),
    serial: fc.constantFrom(1, 1, 2, 3, null),
    note: fc.constant(null),
  })
  .map(({ proven, ...request }) => ({
    ...request,
    proof: proven === null ? null : proofOf({ pid: request.pid, nonce: proven }),
  }));

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
  disclosure: Disclosure = "roll_call",
): VotingTerms {
  return {
    ...modelKeys,
    rehearsal: false,
    shard: 0,
    shards: 1,
    opensAt: 1_000,
    closesAt: 2_000,
    lastMinutesAt: null,
    isTurnoutShown: true,
    revotePolicy,
    regions: new Set(["north", "south", "east"]),
    weightMax: 1_000_000_000_000,
    disclosure,
    roll: null,
  };
}

import fc from "fast-check";
import { expect, it } from "vitest";
import { ballotChoices } from "../../../src/ballot/ballot.ts";
import {
  decodeOutcomes,
  decodeRequests,
  encodeOutcomes,
  encodeRequests,
} from "../../../src/ballot/cast-code.ts";
import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import { authorities } from "../../../src/ballot/voter.ts";

const decisionId = "delta-2027";
const text = fc.string({ unit: "binary", maxLength: 64 });
const value = fc.stringMatching(/^[0-9a-f]{64}$/);
const receipt = fc.record({
  decisionId: fc.constant(decisionId),
  ballotHash: value,
  r: value,
  u: value,
  c: value,
});
const outcome: fc.Arbitrary<CastOutcome> = fc.oneof(
  fc.record({ kind: fc.constantFrom("accepted", "repeated"), receipt }),
  fc.record({
    kind: fc.constant("refused" as const),
    code: fc.constantFrom("vote.final", "decision.closed", "vote.proof_required"),
  }),
);

it("requests reach the shard as they were sent", () => {
  const request = fc.record({
    pid: text,
    choice: fc.constantFrom(...ballotChoices),
    region: text,
    weight: fc.integer({ min: 1, max: 1_000_000_000_000 }),
    nonce: text,
    proof: fc.option(text),
    authority: fc.constantFrom(...authorities),
    serial: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    note: fc.option(fc.record({ name: fc.option(text), statement: fc.option(text) })),
  });
  fc.assert(
    fc.property(fc.array(request), (requests) => {
      expect(decodeRequests(encodeRequests(requests))).toEqual(requests);
    }),
  );
});

it("outcomes come back as the shard gave them, with its decision", () => {
  fc.assert(
    fc.property(fc.array(outcome), (outcomes) => {
      expect(decodeOutcomes(encodeOutcomes(outcomes), decisionId)).toEqual(outcomes);
    }),
  );
});

it("a shard refuses requests of a newer release, and a Worker a newer answer", () => {
  const newer = (written: string) => written.replace(/^1 /, "2 ");
  expect(() => decodeRequests(newer(encodeRequests([])))).toThrow(
    "a request to a shard has version 2, this release knows 1: deploy the newer release",
  );
  expect(() => decodeOutcomes(newer(encodeOutcomes([])), decisionId)).toThrow(
    "a shard's answer has version 2, this release knows 1: deploy the newer release",
  );
});

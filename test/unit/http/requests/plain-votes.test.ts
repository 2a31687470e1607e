import fc from "fast-check";
import { expect, it } from "vitest";
import { choices } from "../../../../src/ballot/ballot.ts";
import { batchSchema } from "../../../../src/http/contract/voting.ts";
import { plainVotes } from "../../../../src/http/requests/plain-votes.ts";

const voterId = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
const vote = fc.constantFrom(...choices);
const plainItem = fc.record({ voter_id: voterId, vote });

/** What stands in a batch now and then instead of what should. */
const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("", "\ud800", "x".repeat(255), "x".repeat(256), "maybe", "Yes"),
);
const oddItem = fc.oneof(
  plainItem,
  fc.record({ voter_id: fc.oneof(voterId, oddText), vote: fc.oneof(vote, oddText) }),
  fc.record(
    {
      voter_id: voterId,
      vote,
      region: fc.constantFrom("Africa", "stream", " "),
      weight: fc.double(),
      extra: fc.anything(),
    },
    { requiredKeys: [] },
  ),
  fc.anything(),
);
const oddBatch = fc.oneof(
  fc.record({ votes: fc.array(oddItem, { maxLength: 4 }) }),
  fc.record({ votes: fc.anything(), more: fc.anything() }, { requiredKeys: [] }),
  fc.anything(),
);

it("a batch of voters and choices is taken as it stands", () => {
  fc.assert(
    fc.property(fc.array(plainItem, { minLength: 1, maxLength: 20 }), (votes) => {
      expect(plainVotes({ votes })).toEqual(votes);
    }),
  );
  const many = (length: number) => Array.from({ length }, () => ({ voter_id: "v", vote: "yes" }));
  expect(plainVotes({ votes: many(1_000) })).toHaveLength(1_000);
  expect(plainVotes({ votes: many(1_001) })).toBeNull();
});

it("nothing is taken that the contract's schema would refuse or change", () => {
  fc.assert(
    fc.property(oddBatch, (sent) => {
      // As a body brings it: without prototypes, and with a member named __proto__ where one is sent.
      const body: unknown = JSON.parse(JSON.stringify(sent, quoteBigInt) ?? "null");
      const taken = plainVotes(body);
      if (taken === null) return;
      expect(batchSchema.safeParse(body)).toEqual({ success: true, data: { votes: taken } });
    }),
    { numRuns: 3_000 },
  );
});

function quoteBigInt(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

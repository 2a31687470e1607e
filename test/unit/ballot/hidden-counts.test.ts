import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choices } from "../../../src/ballot/ballot.ts";
import { ballotText } from "../../../src/ballot/receipt.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import { requestArbitrary, termsFor } from "./election-arbitraries.ts";
import { sha256, ShardModel } from "./shard-model.ts";

const policyArbitrary = fc.constantFrom("final" as const, "revisable" as const);
const hiddenArbitrary = fc.constantFrom("turnout" as const, "sealed" as const);
/** Each with a key of its own, as the voters' devices send them. */
const earlierArbitrary = fc
  .array(requestArbitrary, { maxLength: 12 })
  .map((requests) =>
    requests.map((request, index) => ({ ...request, requestKey: `own-${index}` })),
  );
const strangersArbitrary = fc
  .array(requestArbitrary, { maxLength: 6 })
  .map((requests) =>
    requests.map((request, index) => ({ ...request, requestKey: `strange-${index}` })),
  );

/** The same of another mind; whether a vote was taken back is turnout, not choice. */
function otherwise(request: CastRequest, choice: CastRequest["choice"]): CastRequest {
  return request.choice === "withdrawn" ? request : { ...request, choice };
}

const vote: CastRequest = {
  pid: "a".repeat(22),
  choice: "yes",
  region: "north",
  weight: 1,
  requestKey: "mine",
};

describe("castMany of a decision whose counts are hidden", () => {
  it("answers whoever knows no key of a voter's request the same, however that voter has voted", () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        hiddenArbitrary,
        earlierArbitrary,
        fc.array(fc.constantFrom(...choices), { minLength: 12, maxLength: 12 }),
        strangersArbitrary,
        (policy, visibility, earlier, others, strangers) => {
          const [one, other] = [0, 1].map(() => new ShardModel(termsFor(policy, visibility)));
          one?.cast(earlier);
          other?.cast(earlier.map((request, at) => otherwise(request, others[at] ?? "yes")));
          expect(other?.cast(strangers)).toEqual(one?.cast(strangers));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes no vote without a key, since a keyless repeat would be answered by what was voted", () => {
    for (const visibility of ["turnout", "sealed"] as const) {
      const shard = new ShardModel(termsFor("final", visibility));
      expect(shard.cast([{ ...vote, requestKey: null }])).toEqual([
        { kind: "refused", code: "idempotency.key_required", receipt: null },
      ]);
      expect(shard.log).toEqual([]);
    }
  });

  it("gives the receipt again to whoever repeats the request with its key, after the seal too", () => {
    const shard = new ShardModel(termsFor("final", "sealed"));
    const [accepted] = shard.cast([vote]);
    const [repeated] = shard.cast([vote], { now: 9_999, isSealed: true });
    expect(repeated).toEqual({ ...accepted, kind: "repeated" });
  });

  it("refuses a second vote under a final policy without the first one's receipt, whose hash would tell the choice", () => {
    const shard = new ShardModel(termsFor("final", "turnout"));
    shard.cast([vote]);
    expect(shard.cast([{ ...vote, requestKey: "another" }])).toEqual([
      { kind: "refused", code: "vote.already_cast", receipt: null },
    ]);
  });
});

describe("the receipt of a sealed decision", () => {
  it("is the same however many voted before", () => {
    fc.assert(
      fc.property(earlierArbitrary, (earlier) => {
        const [empty, crowded] = [0, 1].map(() => new ShardModel(termsFor("final", "sealed")));
        crowded?.cast(earlier.filter(({ pid }) => pid !== vote.pid));
        expect(crowded?.cast([vote])).toEqual(empty?.cast([vote]));
      }),
    );
  });

  it("is checked after the close with the ballot of the record, its number left out of the text", () => {
    const terms = termsFor("final", "sealed");
    const shard = new ShardModel(terms);
    shard.cast([{ ...vote, pid: "b".repeat(22) }]);
    const [outcome] = shard.cast([vote]);
    const ballot = shard.log[1];
    if (ballot === undefined) throw new Error("two ballots are in the record");
    const text = ballotText(terms, ballot);
    expect(JSON.parse(text)).toEqual([
      "enviro-governance/ballot/1",
      "delta",
      0,
      null,
      vote.pid,
      "yes",
      "north",
      1,
      1_500,
    ]);
    expect(outcome?.receipt).toMatchObject({ seq: null, ballotHash: sha256(text) });
  });
});

import { describe, expect, it } from "vitest";
import {
  decideVote,
  type CastRequest,
  type VoterBallot,
  type VoterRecord,
} from "../../../src/ballot/voter.ts";
import { receiptOf } from "../../../src/ballot/receipt.ts";
import { termsFor } from "./election-arbitraries.ts";
import { sha256, ShardModel } from "./shard-model.ts";

const vote: CastRequest = {
  pid: "a".repeat(22),
  choice: "yes",
  region: "north",
  weight: 1,
  requestKey: "first",
};
const first: VoterBallot = { ...vote, seq: 1, acceptedAt: 1_500 };
const second: VoterBallot = { ...first, seq: 2, choice: "no", requestKey: "second" };
const shown = { revotePolicy: "revisable", ballotsMax: 3, areCountsHidden: false } as const;

function decide(
  record: VoterRecord,
  request: Partial<CastRequest>,
  policy: Partial<Parameters<typeof decideVote>[2]> = {},
) {
  return decideVote(record, { ...vote, ...request }, { ...shown, ...policy });
}

describe("a request of a voter", () => {
  it("is new where there is none before it, and where it says something else under a key of its own", () => {
    expect(decide([], {})).toEqual({ kind: "new" });
    expect(decide([], { requestKey: null })).toEqual({ kind: "new" });
    expect(decide([first], { choice: "no", requestKey: "second" })).toEqual({ kind: "new" });
    expect(decide([first], { choice: "no", requestKey: null })).toEqual({ kind: "new" });
    expect(decide([first], { choice: "withdrawn", requestKey: null })).toEqual({ kind: "new" });
  });

  it("repeats the ballot with its key, however many came since, and without a key the counted one", () => {
    expect(decide([first, second], { requestKey: "first" })).toEqual({ kind: "repeat", of: first });
    expect(decide([first, second], { choice: "no", requestKey: null })).toEqual({
      kind: "repeat",
      of: second,
    });
  });
});

describe("a refused request", () => {
  it.each([
    [
      "vote.already_cast",
      [first],
      { choice: "no", requestKey: "other" },
      { revotePolicy: "final" },
    ],
    ["vote.final", [first], { choice: "withdrawn" }, { revotePolicy: "final" }],
    ["vote.revisions_exhausted", [first], { choice: "no", requestKey: "x" }, { ballotsMax: 1 }],
  ] as const)(
    "by %s names the first ballot, unless counts are hidden",
    (code, record, asked, policy) => {
      expect(decide(record, asked, policy)).toEqual({ kind: "refused", code, first });
      const hidden = { ...policy, areCountsHidden: true };
      expect(decide(record, asked, hidden)).toEqual({ kind: "refused", code, first: null });
    },
  );

  it("by vote.final has no ballot to name where there is none", () => {
    const policy = { revotePolicy: "final" } as const;
    expect(decide([], { choice: "withdrawn" }, policy)).toEqual({
      kind: "refused",
      code: "vote.final",
      first: null,
    });
  });

  it("names the ballot that it can't be told from", () => {
    expect(decide([first, second], { requestKey: null })).toEqual({
      kind: "refused",
      code: "vote.ambiguous_repeat",
      first,
    });
  });

  it("names the ballot of the key that it uses again for something else, also where counts are hidden", () => {
    for (const areCountsHidden of [false, true]) {
      expect(
        decide([first, second], { choice: "abstain", requestKey: "second" }, { areCountsHidden }),
      ).toEqual({ kind: "refused", code: "idempotency.key_reused", first: second });
    }
  });

  it("names nothing where there is nothing to withdraw, or a key is missing", () => {
    const nothing = { kind: "refused", code: "vote.nothing_to_withdraw", first: null };
    expect(decide([], { choice: "withdrawn" })).toEqual(nothing);
    const keyless = { kind: "refused", code: "idempotency.key_required", first: null };
    expect(decide([first], { requestKey: null }, { areCountsHidden: true })).toEqual(keyless);
  });

  it("is answered with the receipt of the ballot that it names", () => {
    const shard = new ShardModel(termsFor("final"));
    const [accepted, refused] = shard.cast([vote, { ...vote, choice: "no", requestKey: "other" }]);
    const receipt = receiptOf(termsFor("final"), first, sha256);
    expect(accepted).toEqual({ kind: "accepted", receipt });
    expect(refused).toEqual({ kind: "refused", code: "vote.already_cast", receipt });
  });
});

describe("the last ballot that a voter may cast", () => {
  it("is the one that reaches the bound", () => {
    const asked = { choice: "abstain", requestKey: "third" } as const;
    expect(decide([first, second], asked)).toEqual({ kind: "new" });
    expect(decide([first, second], asked, { ballotsMax: 2 })).toMatchObject({
      code: "vote.revisions_exhausted",
    });
  });
});

import { describe, expect, it } from "vitest";
import {
  decideVote,
  type CastRequest,
  type VotePolicy,
  type VoterBallot,
  type VoterRecord,
} from "../../../src/ballot/voter.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { requestOf } from "../../support/request-of.ts";

const vote = requestOf({ nonce: labelNonce("first") });
const first: VoterBallot = {
  pid: vote.pid,
  choice: "yes",
  region: "",
  weight: 1,
  seq: 1,
  acceptedAt: 1_500,
  nonce: vote.nonce,
};
const second: VoterBallot = { ...first, seq: 2, choice: "no", nonce: labelNonce("second") };
const withdrawal: VoterBallot = {
  ...first,
  seq: 3,
  choice: "withdrawn",
  nonce: labelNonce("third"),
};
const policy: VotePolicy = {
  revotePolicy: "revisable",
  ballotsMax: 4,
  isProof: (proof, ballot) => proof === `r of ${ballot.seq}`,
  newestSerialOf: () => 1,
};
/** A request that none before it has the nonce of. */
const asked = { nonce: labelNonce("asked") };
const withdraw = { ...asked, choice: "withdrawn" } as const;

function decide(
  record: VoterRecord,
  request: Partial<CastRequest>,
  given: Partial<VotePolicy> = {},
) {
  return decideVote(record, { ...vote, ...request }, { ...policy, ...given });
}

const refused = (code: string) => ({ kind: "refused", code });

describe("a first vote", () => {
  it("is new with a token alone, also with a proof of nothing", () => {
    expect(decide([], {})).toEqual({ kind: "new" });
    expect(decide([], { proof: "r of 1" })).toEqual({ kind: "new" });
    expect(decide([], {}, { revotePolicy: "final" })).toEqual({ kind: "new" });
  });
});

describe("a token that is no longer its voter's newest", () => {
  const renewed = { newestSerialOf: () => 2 };
  const superseded = refused("token.superseded");

  it("casts no first vote, and the newest and later ones do", () => {
    expect(decide([], { serial: 1 }, renewed)).toEqual(superseded);
    expect(decide([], { serial: 2 }, renewed)).toEqual({ kind: "new" });
    expect(decide([], { serial: 3 }, renewed)).toEqual({ kind: "new" });
  });

  it("is refused alike where the voter has voted, whatever it asks for without proof", () => {
    for (const record of [[], [first], [first, second], [first, withdrawal]]) {
      for (const revotePolicy of ["revisable", "final"] as const) {
        for (const choice of ["no", "withdrawn"] as const) {
          for (const proof of [null, "r of 9"]) {
            const request = { ...asked, choice, serial: 1, proof };
            expect(decide(record, request, { ...renewed, revotePolicy })).toEqual(superseded);
          }
        }
      }
    }
  });

  it("changes a vote with proof, and repeats one, as any other", () => {
    const proven = { ...asked, proof: "r of 1", serial: 1 };
    expect(decide([first], proven, renewed)).toEqual({ kind: "new" });
    expect(decide([first], { ...withdraw, proof: "r of 1" }, renewed)).toEqual({ kind: "new" });
    const repeat = { kind: "repeat", of: first };
    expect(decide([first], { nonce: first.nonce, serial: 1 }, renewed)).toEqual(repeat);
  });

  it("is none that a station or a login asks with", () => {
    expect(decide([], { serial: null }, renewed)).toEqual({ kind: "new" });
  });
});

describe("a repeat", () => {
  const record = [first, second];

  it("is the same nonce with the same choice, however many came since, without proof", () => {
    expect(decide(record, { nonce: first.nonce })).toEqual({ kind: "repeat", of: first });
    const again = { nonce: second.nonce, choice: "no" } as const;
    expect(decide(record, again)).toEqual({ kind: "repeat", of: second });
    expect(decide(record, again, { revotePolicy: "final" })).toEqual({
      kind: "repeat",
      of: second,
    });
    expect(decide(record, again, { ballotsMax: 2 })).toEqual({ kind: "repeat", of: second });
    expect(decide([...record, withdrawal], { ...withdraw, nonce: withdrawal.nonce })).toEqual({
      kind: "repeat",
      of: withdrawal,
    });
  });

  it("is none where the choice is the same and the nonce another", () => {
    expect(decide([first], asked)).toEqual(refused("vote.proof_required"));
    expect(decide([first], { ...asked, proof: "r of 1" })).toEqual({ kind: "new" });
  });

  it("is refused where the nonce is that of another choice, proven or not", () => {
    for (const choice of ["no", "withdrawn"] as const)
      for (const proof of [null, "r of 2"])
        for (const authority of ["token", "login", "station"] as const)
          expect(decide(record, { choice, proof, authority })).toEqual(
            refused("vote.nonce_reused"),
          );
  });
});

describe("a change", () => {
  const change = { ...asked, choice: "no" } as const;

  it.each([
    ["by the r of the newest ballot", { proof: "r of 2" }],
    ["by a login", { authority: "login" }],
    ["by a station that overrides", { authority: "station" }],
  ] as const)("is new where it is proven %s", (_, proof) => {
    expect(decide([first, second], { ...change, ...proof })).toEqual({ kind: "new" });
    expect(decide([first, second], { ...withdraw, ...proof })).toEqual({ kind: "new" });
  });

  it.each([
    ["without proof", null],
    ["with the r of an older ballot", "r of 1"],
    ["with another text", ""],
  ])("is refused %s", (_, proof) => {
    expect(decide([first, second], { ...change, proof })).toEqual(refused("vote.proof_required"));
    expect(decide([first, second], { ...withdraw, proof })).toEqual(refused("vote.proof_required"));
  });

  it("of a vote that was taken back needs the r of the withdrawal", () => {
    const record = [first, second, withdrawal];
    expect(decide(record, { ...change, proof: "r of 3" })).toEqual({ kind: "new" });
    expect(decide(record, { ...change, proof: "r of 2" })).toEqual(refused("vote.proof_required"));
  });

  it("is refused under a final policy, proven or not", () => {
    for (const proof of [null, "r of 1"]) {
      for (const authority of ["token", "login", "station"] as const) {
        const given = { ...change, proof, authority };
        const final = { revotePolicy: "final" } as const;
        expect(decide([first], given, final)).toEqual(refused("vote.already_cast"));
        expect(decide([first], { ...given, choice: "withdrawn" }, final)).toEqual(
          refused("vote.final"),
        );
      }
    }
  });

  it("is the last one that reaches the bound; whether the bound is reached takes proof to learn", () => {
    const proven = { ...change, proof: "r of 2" };
    expect(decide([first, second], proven, { ballotsMax: 3 })).toEqual({ kind: "new" });
    const exhausted = refused("vote.revisions_exhausted");
    expect(decide([first, second], proven, { ballotsMax: 2 })).toEqual(exhausted);
    expect(decide([first, second], change, { ballotsMax: 2 })).toEqual(
      refused("vote.proof_required"),
    );
    expect(decide([first, second], { ...proven, choice: "withdrawn" }, { ballotsMax: 2 })).toEqual(
      exhausted,
    );
  });
});

describe("a withdrawal of nothing", () => {
  it("says so to whoever is the voter by other means than a ballot", () => {
    const nothing = refused("vote.nothing_to_withdraw");
    for (const authority of ["login", "station"] as const) {
      expect(decide([], { ...withdraw, authority })).toEqual(nothing);
      expect(decide([first, second, withdrawal], { ...withdraw, authority })).toEqual(nothing);
    }
    const proven = { ...withdraw, proof: "r of 3" };
    expect(decide([first, second, withdrawal], proven)).toEqual(nothing);
  });

  it("is told from nothing else by a token alone", () => {
    for (const record of [[], [first], [first, second, withdrawal]])
      for (const proof of [null, "of nothing"])
        expect(decide(record, { ...withdraw, proof })).toEqual(refused("vote.proof_required"));
  });
});

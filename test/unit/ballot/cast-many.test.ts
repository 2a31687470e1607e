import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { castMany } from "../../../src/ballot/cast-many.ts";
import { ballotOpener } from "../../../src/ballot/opening.ts";
import { recount } from "../../../src/ballot/recount.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import {
  batchesArbitrary,
  disclosureArbitrary,
  pidArbitrary,
  requestArbitrary,
  rollArbitrary,
  termsFor,
} from "./election-arbitraries.ts";
import { NaiveElection } from "./naive-election.ts";
import { cellsOf } from "../../support/cells-of.ts";
import { proofOf } from "../../support/independent-opening.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { requestOf } from "../../support/request-of.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";
import { ShardModel } from "./shard-model.ts";

const policies = ["final", "revisable"] as const;
const policyArbitrary = fc.constantFrom(...policies);

describe("castMany, against an election kept as a plain list", () => {
  it("gives every request the outcome that the rules give it, however requests are cut into batches", () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        disclosureArbitrary,
        batchesArbitrary,
        (policy, disclosure, batches) => {
          const shard = new ShardModel(termsFor(policy, disclosure));
          const naive = new NaiveElection(policy);
          for (const batch of batches) {
            expect(shard.cast(batch)).toEqual(batch.map((one) => naive.cast(one)));
            expect(cellsOf(shard.state.tally)).toEqual(naive.count());
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes a first vote with the newest token alone, and looks at no serial once there is a proof", () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        batchesArbitrary,
        fc.array(fc.array(pidArbitrary, { maxLength: 3 }), { minLength: 8, maxLength: 8 }),
        (policy, batches, ended) => {
          const shard = new ShardModel(termsFor(policy));
          const naive = new NaiveElection(policy);
          for (const [at, batch] of batches.entries()) {
            for (const pid of ended[at] ?? []) {
              shard.endToken(pid);
              naive.endToken(pid);
            }
            expect(shard.cast(batch)).toEqual(batch.map((one) => naive.cast(one)));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps the tally equal to a recount of the ballots after every step", () => {
    fc.assert(
      fc.property(policyArbitrary, batchesArbitrary, (policy, batches) => {
        const shard = new ShardModel(termsFor(policy));
        for (const batch of batches) {
          shard.cast(batch);
          expect(cellsOf(shard.state.tally)).toEqual(cellsOf(recount(shard.log)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("numbers ballots from 1 without a gap and counts at most one a voter", () => {
    fc.assert(
      fc.property(policyArbitrary, batchesArbitrary, (policy, batches) => {
        const shard = new ShardModel(termsFor(policy));
        for (const batch of batches) shard.cast(batch);
        expect(shard.log.map((ballot) => ballot.seq)).toEqual(
          shard.log.map((_, index) => index + 1),
        );
        const counted = Object.values(cellsOf(shard.state.tally)).map((cell) =>
          Number.parseInt(cell, 10),
        );
        const newest = new Map(shard.log.map((ballot) => [ballot.pid, ballot.choice]));
        const voters = [...newest.values()].filter((choice) => choice !== "withdrawn").length;
        expect(counted.reduce((sum, ballots) => sum + ballots, 0)).toBe(voters);
      }),
    );
  });

  it("answers an accepted request sent again at any later time with its own receipt, and changes nothing", () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        fc.array(requestArbitrary, { minLength: 1, maxLength: 40 }),
        (policy, requests) => {
          const shard = new ShardModel(termsFor(policy));
          const first = shard.cast(requests);
          const before = { ...shard.state };
          const again = shard.cast(requests, { now: 9_999 });
          for (const [index, outcome] of first.entries()) {
            if (outcome.kind === "refused") continue;
            expect(again[index]).toEqual({ kind: "repeated", receipt: outcome.receipt });
          }
          expect(shard.state).toEqual(before);
        },
      ),
    );
  });

  it("gives no two ballots one hash", () => {
    fc.assert(
      fc.property(batchesArbitrary, (batches) => {
        const shard = new ShardModel(termsFor("revisable"));
        const accepted = batches
          .flatMap((batch) => shard.cast(batch))
          .flatMap((outcome) => (outcome.kind === "accepted" ? [outcome.receipt.ballotHash] : []));
        expect(new Set(accepted).size).toBe(shard.log.length);
      }),
    );
  });
});

describe("castMany by a roll, against an election kept as a plain list", () => {
  const roll = { import: 1, hash: "" };

  it("takes the voters on it, with the region and weight that it says, and nobody else", () => {
    fc.assert(
      fc.property(policyArbitrary, rollArbitrary, batchesArbitrary, (policy, voters, batches) => {
        const shard = new ShardModel({ ...termsFor(policy), roll }, new Map(voters));
        const naive = new NaiveElection(policy, { roll: voters });
        for (const batch of batches) {
          expect(shard.cast(batch)).toEqual(batch.map((one) => naive.cast(one)));
          expect(cellsOf(shard.state.tally)).toEqual(naive.count());
        }
      }),
      { numRuns: 500 },
    );
  });

  it("passes over what a request says of region and weight, also where the decision would refuse it", () => {
    const pid = "a".repeat(22);
    const terms = { ...termsFor("final"), weightMax: 1, roll };
    const shard = new ShardModel(terms, new Map([[pid, { region: "south", weight: 9 }]]));
    const vote = requestOf({ pid, region: "atlantis" });
    expect(shard.cast([vote])[0]?.kind).toBe("accepted");
    expect(cellsOf(shard.state.tally)).toEqual({ "south yes": "1 9" });
  });

  it("says that the window is over before it says who is not on the roll", () => {
    const shard = new ShardModel({ ...termsFor("final"), roll }, new Map());
    const vote = requestOf({ choice: "no" });
    const codeAt = (now: number) => shard.cast([vote], { now })[0];
    expect(codeAt(1_500)).toEqual({ kind: "refused", code: "vote.not_on_roll" });
    expect(codeAt(2_000)).toMatchObject({ code: "decision.closed" });
  });
});

describe("castMany at the edges of the window", () => {
  const vote = requestOf({ region: "north" });

  it.each([
    [999, "decision.not_open"],
    [2_000, "decision.closed"],
  ])("refuses a vote at %i ms with %s and changes nothing", (now, code) => {
    const shard = new ShardModel(termsFor("final"));
    expect(shard.cast([vote], { now })).toEqual([{ kind: "refused", code }]);
    expect(shard.state).toEqual({ seq: 0, tally: new Map() });
  });

  it.each([1_000, 1_999])("accepts a vote at %i ms", (now) => {
    expect(new ShardModel(termsFor("final")).cast([vote], { now })[0]?.kind).toBe("accepted");
  });

  it("refuses every vote after the seal, also inside the window, but still answers a repeat", () => {
    const shard = new ShardModel(termsFor("revisable"));
    const [accepted] = shard.cast([vote]);
    const other = { ...vote, pid: "b".repeat(22) };
    const [repeated, refused] = shard.cast([vote, other], { isSealed: true });
    expect(accepted?.kind).toBe("accepted");
    expect(repeated).toEqual({ ...accepted, kind: "repeated" });
    expect(refused).toMatchObject({ kind: "refused", code: "decision.closed" });
  });
});

describe("castMany long after the close", () => {
  it("says of an end that may be put off that it is not decided, until the seal", () => {
    const vote = requestOf({ region: "north" });
    const other = requestOf({ pid: "b".repeat(22), region: "north" });
    const mayGoOn = { ...termsFor("final"), lastMinutesAt: 1_000 };
    const said = (clock: object, terms: VotingTerms = mayGoOn) => {
      const shard = new ShardModel(terms);
      shard.cast([vote]);
      return shard
        .cast([vote, other], clock)
        .map((outcome) => (outcome.kind === "refused" ? outcome.code : outcome.kind));
    };
    expect(said({ now: 1_999 })).toEqual(["repeated", "accepted"]);
    const pending = ["repeated", "decision.extension_pending"];
    expect(said({ now: 2_000 })).toEqual(pending);
    // By a clock that has gone back, too: it has told what it counted.
    expect(said({ now: 1_999, isPaused: true })).toEqual(pending);
    expect(said({ now: 1_999, isSealed: true })).toEqual(["repeated", "decision.closed"]);
    expect(said({ now: 2_000 }, { ...mayGoOn, lastMinutesAt: null })).toEqual([
      "repeated",
      "decision.closed",
    ]);
  });

  it("takes no token any more, not for a repeat either, and answers repeats of stations", () => {
    const shard = new ShardModel(termsFor("revisable"));
    const vote = requestOf({ region: "north" });
    const [accepted] = shard.cast([vote]);
    const expired = { kind: "refused", code: "token.expired" };
    const byStation = { ...vote, serial: null };
    const later = { now: 9_999, isSealed: true };
    expect(shard.cast([vote, byStation], { ...later, areTokensOver: true })).toEqual([
      expired,
      { ...accepted, kind: "repeated" },
    ]);
    expect(shard.cast([vote], later)).toEqual([{ ...accepted, kind: "repeated" }]);
  });
});

describe("castMany about what a vote says", () => {
  const vote = requestOf({ region: "north" });

  it("refuses a region that the decision does not have", () => {
    const [outcome] = new ShardModel(termsFor("final")).cast([{ ...vote, region: "west" }]);
    expect(outcome).toMatchObject({ kind: "refused", code: "vote.unknown_region" });
  });

  it("refuses a region where the decision has none", () => {
    const shard = new ShardModel({ ...termsFor("final"), regions: new Set() });
    expect(shard.cast([vote])[0]).toMatchObject({ code: "vote.unknown_region" });
    expect(shard.cast([{ ...vote, region: "" }])[0]?.kind).toBe("accepted");
  });

  it("refuses a weight above the decision's largest", () => {
    const shard = new ShardModel({ ...termsFor("final"), weightMax: 5 });
    expect(shard.cast([{ ...vote, weight: 6 }])[0]).toMatchObject({
      code: "vote.weight_too_large",
    });
    expect(shard.cast([{ ...vote, weight: 5 }])[0]?.kind).toBe("accepted");
  });

  it("refuses a voter whose shard is another one", () => {
    const shard = new ShardModel({ ...termsFor("final"), shards: 2, shard: 0 });
    const outcomes = ["A", "z"].map(
      (letter) => shard.cast([{ ...vote, pid: letter.repeat(22) }])[0],
    );
    expect(outcomes[0]?.kind).toBe("accepted");
    expect(outcomes[1]).toMatchObject({ kind: "refused", code: "vote.wrong_shard" });
  });

  it("stops a voter who has used up all revisions, and leaves the newest counted", () => {
    const shard = new ShardModel(termsFor("revisable"));
    const nonceAt = (turn: number) => labelNonce(`turn ${turn}`);
    const revision = (turn: number): CastRequest => ({
      ...vote,
      choice: turn % 2 === 0 ? "yes" : "no",
      nonce: nonceAt(turn),
      proof: proofOf({ pid: vote.pid, nonce: nonceAt(turn - 1) }),
    });
    for (let turn = 0; turn < 3; turn += 1) {
      const [outcome] = shard.cast([revision(turn)], { ballotsAVoterMax: 3 });
      expect(outcome?.kind).toBe("accepted");
    }
    expect(shard.cast([revision(3)], { ballotsAVoterMax: 3 })[0]).toEqual({
      kind: "refused",
      code: "vote.revisions_exhausted",
    });
    expect(cellsOf(shard.state.tally)).toEqual({ "north yes": "1 1" });
  });
});

describe("castMany about the time of a ballot", () => {
  it.each([
    ["roll_call", 1_500],
    ["pseudonymous", 1_000],
    ["aggregate", 1_000],
  ] as const)("keeps of a ballot in %s that it came at %i ms", (disclosure, at) => {
    const shard = new ShardModel(termsFor("final", disclosure));
    shard.cast([requestOf({ region: "north" })], { now: 1_500 });
    expect(shard.log.map(({ acceptedAt }) => acceptedAt)).toEqual([at]);
  });
});

describe("castMany about what is published beside a ballot", () => {
  it("keeps the note of each new ballot by its seq, and of nothing that it refuses or repeats", () => {
    const terms = termsFor("final");
    const notes = ["a", "b"].map((name) => ({ name, statement: null }));
    const [first, second] = notes.map((note) =>
      requestOf({ pid: (note.name ?? "").repeat(22), region: "north", note }),
    );
    if (first === undefined || second === undefined) throw new Error("there are two notes");
    const transition = castMany({
      terms,
      state: { seq: 7, tally: new Map() },
      records: new Map(),
      roll: null,
      serials: new Map(),
      requests: [
        { ...first, region: "west" },
        first,
        first,
        second,
        requestOf({ pid: "c".repeat(22), region: "north" }),
      ],
      now: 1_500,
      isSealed: false,
      isPaused: false,
      areTokensOver: false,
      ballotsAVoterMax: 100,
      opener: ballotOpener(terms),
    });
    expect(transition.ballots.map(({ seq }) => seq)).toEqual([8, 9, 10]);
    expect([...transition.notes]).toEqual([
      [8, notes[0]],
      [9, notes[1]],
    ]);
  });
});

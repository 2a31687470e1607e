import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ballotChoices, type Ballot } from "../../../src/ballot/ballot.ts";
import { limits } from "../../../src/shared/limits.ts";
import { cutRecords } from "../../../src/vote-log/cut-records.ts";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { packBySize } from "../../../src/vote-log/pack-by-size.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { decodeRecord, encodeRecord, UnreadableRecord } from "../../../src/vote-log/vote-record.ts";
import { sampleRun } from "../../support/vote-log/sample-records.ts";

const source = { decisionId: "a".repeat(64), shard: 63, epoch: 1_000 };

const runArbitrary = fc
  .array(
    fc.record({
      pid: fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      choice: fc.constantFrom(...ballotChoices),
      region: fc.string({ maxLength: 64, unit: "binary" }),
      weight: fc.integer({ min: 1, max: 1_000_000_000_000 }),
      acceptedAt: fc.integer({ min: 1_600_000_000_000, max: 4_000_000_000_000 }),
    }),
    { minLength: 1, maxLength: 700 },
  )
  .chain((ballots) =>
    fc
      .integer({ min: 1, max: 2 ** 40 })
      .map((from): Ballot[] =>
        ballots.map((ballot, offset) => ({ seq: from + offset, ...ballot })),
      ),
  );

describe("a record of the vote log", () => {
  it("comes back as it was, and its run is cut within the limits of count and bytes, in order", () => {
    fc.assert(
      fc.property(runArbitrary, (ballots) => {
        const texts = cutRecords(source, ballots).map(encodeRecord);
        expect(texts.map(decodeRecord).flatMap((record) => record.ballots)).toEqual(ballots);
        for (const text of texts) {
          expect(new TextEncoder().encode(text).byteLength).toBeLessThanOrEqual(65_536);
          expect(decodeRecord(text).ballots.length).toBeLessThanOrEqual(limits.recordBallotsMax);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("holds no more bytes than it may, signed too, where each ballot has a long region of its own", () => {
    // Of the characters that a region may have, the longest in UTF-8.
    const ballots = Array.from({ length: limits.recordBallotsMax }, (_, index): Ballot => ({
      seq: index + 1,
      pid: "p".repeat(22),
      choice: "abstain",
      region: "語".repeat(limits.regionCodeCharactersMax - 3) + String(index).padStart(3, "0"),
      weight: limits.ballotWeightMax,
      acceptedAt: 1_700_000_000_000 + index * 86_400_000,
    }));
    const records = cutRecords(source, ballots);
    const signature = logSignature("d".repeat(64), `k:${"A".repeat(43)}`);
    const sizes = records.map(
      (each) => new TextEncoder().encode(signText(signature, encodeRecord(each))).byteLength,
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.recordBytesMax);
    // And no record is cut much shorter than it must be.
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(limits.recordBytesMax / 2);
    expect(records.flatMap((each) => each.ballots)).toEqual(ballots);
  });

  const readable = {
    v: 1,
    decision: "delta",
    shard: 0,
    epoch: 1,
    from_seq: 1,
    at: 0,
    regions: ["north"],
    ballots: [["p", 0, 0, 1, 0]],
  };

  it("is readable in its shortest form", () => {
    const [ballot] = decodeRecord(JSON.stringify(readable)).ballots;
    expect(ballot).toMatchObject({ seq: 1, pid: "p", region: "north", weight: 1, acceptedAt: 0 });
  });

  const noBallot = /^what stands at ballots\[0\] is no ballot$/;
  it.each<[string, object, RegExp]>([
    ["a decision's id that is none", { decision: "Delta" }, /decision/],
    ["a decision's id of which a part would be one", { decision: "delta/../x" }, /decision/],
    ["a decision's id that ends with one", { decision: "/delta" }, /decision/],
    ["a decision's id that is too long", { decision: "d".repeat(65) }, /decision/],
    ["a shard before the first", { shard: -1 }, /shard/],
    ["an epoch before the first", { epoch: 0 }, /epoch/],
    ["a seq before the first", { from_seq: 0 }, /from_seq/],
    ["no list of ballots", { ballots: {} }, /a list/],
    ["more than it may have", { more: 1 }, /more/],
    ["a region that is not in the list", { regions: [] }, /^no region has the index 0$/],
    ["a ballot that is no list", { ballots: [{ length: 5 }] }, noBallot],
    ["a ballot that is a text of five", { ballots: ["p0010"] }, noBallot],
    ["a ballot with a member less", { ballots: [["p", 0, 0, 1]] }, noBallot],
    ["a ballot with a member more", { ballots: [["p", 0, 0, 1, 0, 0]] }, noBallot],
    ["a pid that is no text", { ballots: [[7, 0, 0, 1, 0]] }, noBallot],
    ["an empty pid", { ballots: [["", 0, 0, 1, 0]] }, noBallot],
    ["a choice that there is not", { ballots: [["p", 4, 0, 1, 0]] }, noBallot],
    ["a choice before the first", { ballots: [["p", -1, 0, 1, 0]] }, noBallot],
    ["half a choice", { ballots: [["p", 0.5, 0, 1, 0]] }, noBallot],
    ["a choice in words", { ballots: [["p", "0", 0, 1, 0]] }, noBallot],
    ["a region before the first", { ballots: [["p", 0, -1, 1, 0]] }, noBallot],
    ["no weight", { ballots: [["p", 0, 0, 0, 0]] }, noBallot],
    ["half a weight", { ballots: [["p", 0, 0, 1.5, 0]] }, noBallot],
    ["a time in words", { ballots: [["p", 0, 0, 1, "0"]] }, noBallot],
  ])("with %s is unreadable, and says so", (_, member, message) => {
    const text = JSON.stringify({ ...readable, ...member });
    const error = thrownBy(() => decodeRecord(text));
    expect(error).toBeInstanceOf(UnreadableRecord);
    expect(error).toMatchObject({
      name: "UnreadableRecord",
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ["no JSON", "{", "not JSON"],
    ["nothing", "null", "a record of the vote log has no version; this release knows 1"],
    ["a number", "7", "a record of the vote log has no version; this release knows 1"],
    [
      "JSON without a version",
      '{"decision":"d"}',
      "a record of the vote log has no version; this release knows 1",
    ],
  ])("that is %s is unreadable, and says so", (_, text, message) => {
    expect(() => decodeRecord(text)).toThrow(new UnreadableRecord(message));
  });

  it("may hold a ballot that was accepted before its first", () => {
    const [first, second] = sampleRun(1, 2);
    if (first === undefined || second === undefined) throw new Error("two ballots");
    const ballots = [first, { ...second, acceptedAt: first.acceptedAt - 5_000 }];
    expect(decodeRecord(encodeRecord({ ...source, ballots })).ballots).toEqual(ballots);
  });

  it("is never made of no ballot", () => {
    expect(() => encodeRecord({ ...source, ballots: [] })).toThrow(RangeError);
    expect(cutRecords(source, [])).toEqual([]);
  });

  it("holds as many ballots as it may where their region is one, however long its code", () => {
    const region = "語".repeat(limits.regionCodeCharactersMax);
    const max = limits.recordBallotsMax;
    const ballots = sampleRun(1, 2 * max + 1).map((ballot) => ({ ...ballot, region }));
    const records = cutRecords(source, ballots);
    expect(records.map((record) => record.ballots.length)).toEqual([max, max, 1]);
  });

  it("of a newer version is unreadable, and says that the newer release is to be deployed", () => {
    const ballot: Ballot = {
      seq: 1,
      pid: "p".repeat(22),
      choice: "yes",
      region: "",
      weight: 1,
      acceptedAt: 0,
    };
    const record = JSON.parse(encodeRecord({ ...source, ballots: [ballot] })) as { v: number };
    const newer = JSON.stringify({ ...record, v: record.v + 1 });
    expect(() => decodeRecord(newer)).toThrow(
      new UnreadableRecord(
        "a record of the vote log has version 2, this release knows 1: deploy the newer release",
      ),
    );
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe("packing texts into sends", () => {
  it("keeps order and stays within the queue's limits", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 300 }), (sizes) => {
        const texts = sizes.map((size) => "x".repeat(size));
        const sends = packBySize(texts);
        expect(sends.flat()).toEqual(texts);
        for (const send of sends) {
          expect(send.length).toBeLessThanOrEqual(limits.publishRecordsMax);
          expect(send.join("").length).toBeLessThanOrEqual(limits.publishBytesMax);
        }
      }),
      { numRuns: 30 },
    );
  });
});

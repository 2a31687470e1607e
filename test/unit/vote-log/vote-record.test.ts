import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ballotChoices, type Ballot } from "../../../src/ballot/ballot.ts";
import { limits } from "../../../src/shared/limits.ts";
import { cutRecords } from "../../../src/vote-log/cut-records.ts";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { packBySize } from "../../../src/vote-log/pack-by-size.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { decodeRecord, encodeRecord, UnreadableRecord } from "../../../src/vote-log/vote-record.ts";

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

  it.each([
    ["not JSON", "{"],
    ["without a version", JSON.stringify({ decision: "d" })],
    [
      "a ballot whose region is not in the list",
      JSON.stringify({
        v: 1,
        decision: "d",
        shard: 0,
        epoch: 1,
        from_seq: 1,
        at: 0,
        regions: [],
        ballots: [["p", 0, 0, 1, 0]],
      }),
    ],
    [
      "one with a choice that there is not",
      JSON.stringify({
        v: 1,
        decision: "d",
        shard: 0,
        epoch: 1,
        from_seq: 1,
        at: 0,
        regions: [""],
        ballots: [["p", 4, 0, 1, 0]],
      }),
    ],
  ])("that is %s is unreadable", (_, text) => {
    expect(() => decodeRecord(text)).toThrow(UnreadableRecord);
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

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeadLetter } from "../../../src/database/database.ts";
import { limits } from "../../../src/shared/limits.ts";
import {
  deadLetterIdOf,
  deadLetterOfUnreadable,
  decodeDeadLetter,
  encodeDeadLetter,
  isDeadLetterText,
} from "../../../src/vote-log/dead-letter.ts";
import { encodeRecord, UnreadableRecord } from "../../../src/vote-log/vote-record.ts";
import { sampleDeadLetter, sampleRun } from "../../support/vote-log/sample-records.ts";

const deadLetterArbitrary: fc.Arbitrary<DeadLetter> = fc.record({
  id: fc.string({ minLength: 1, unit: "binary" }),
  body: fc.string({ unit: "binary" }),
  decisionId: fc.option(fc.string()),
  shard: fc.option(fc.nat()),
  seq: fc.option(fc.nat()),
  cause: fc.string(),
  retries: fc.nat(),
  at: fc.nat(),
});

describe("a dead letter on its way", () => {
  it("comes back as it was, and is never taken for a record", () => {
    fc.assert(
      fc.property(deadLetterArbitrary, (deadLetter) => {
        const text = encodeDeadLetter(deadLetter);
        expect(decodeDeadLetter(text)).toEqual(deadLetter);
        expect(isDeadLetterText(text)).toBe(true);
      }),
    );
    const ballots = sampleRun(1, 2);
    const record = encodeRecord({ decisionId: "delta", shard: 0, epoch: 1, ballots });
    expect(isDeadLetterText(record)).toBe(false);
  });

  const { id: _id, ...withoutId } = sampleDeadLetter("delta", 1);
  it.each([
    ["no JSON", "1 {"],
    ["JSON of something else", "1 []"],
    ["one without an id", `1 ${JSON.stringify(withoutId)}`],
    ["one with an empty id", `1 ${JSON.stringify({ ...withoutId, id: "" })}`],
    ["one with half a shard", `1 ${JSON.stringify({ ...withoutId, id: "x", shard: 0.5 })}`],
    ["one with more than it may have", `1 ${JSON.stringify({ ...withoutId, id: "x", more: 1 })}`],
  ])("is unreadable where it is %s, and says why", (_, text) => {
    let thrown: unknown = null;
    try {
      decodeDeadLetter(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnreadableRecord);
    expect(String(thrown)).toMatch(/^UnreadableRecord: ✖ /);
  });

  it.each([
    [
      "of a newer version",
      "2",
      "a dead letter on its way has version 2, this release knows 1: deploy the newer release",
    ],
    ["without one", "", "a dead letter on its way has no version; this release knows 1"],
  ])("%s is unreadable, and says which release reads it", (_, version, message) => {
    const text = encodeDeadLetter(sampleDeadLetter("delta", 1)).replace(/^1/, version);
    expect(() => decodeDeadLetter(text)).toThrow(new UnreadableRecord(message));
  });

  it("has the place of its ballot as its id, a word that can stand in a path", () => {
    expect(deadLetterIdOf("delta", 7, 12)).toBe("delta:7:12");
  });
});

describe("the dead letter of what can't be read", () => {
  const more = { cause: "not JSON", retries: 2, at: 5 };

  it("is named by the digest of the whole text, and belongs to no ballot", () => {
    const body = "x".repeat(2 * limits.deadLetterBytesMax);
    const deadLetter = deadLetterOfUnreadable(body, more, (text) => `digest of ${text.length}`);
    expect(deadLetter).toMatchObject({
      ...more,
      id: `digest of ${body.length}`,
      decisionId: null,
      shard: null,
      seq: null,
    });
  });

  it("keeps a body whole that just fits, and cuts one that is a byte too long", () => {
    // As JSON it has two quotes more.
    const fits = "x".repeat(limits.deadLetterBytesMax - 2);
    const kept = (body: string) => deadLetterOfUnreadable(body, more, () => "id").body;
    expect(kept(fits)).toBe(fits);
    expect(kept(`${fits}x`)).toHaveLength(fits.length);
  });

  it("keeps of a body what it can, well-formed and with zeros shown as such", () => {
    const { body } = deadLetterOfUnreadable("a\0b\uD83Cc", more, () => "id");
    expect(body).toBe("a\uFFFDb\uFFFDc");
  });

  it("keeps a cause of the longest length whole, and cuts and mends a longer one", () => {
    const max = limits.deadLetterCauseCharactersMax;
    const causeOf = (cause: string) =>
      deadLetterOfUnreadable("", { ...more, cause }, () => "id").cause;
    expect(causeOf("x".repeat(max))).toBe("x".repeat(max));
    expect(causeOf(`${"x".repeat(max - 1)}🌲`)).toBe(`${"x".repeat(max - 1)}\uFFFD`);
  });
});

import { describe, expect, it } from "vitest";
import { filterRows, sortByName } from "../../../../src/web/votes/local-rows.ts";
import { matchName } from "../../../../src/web/votes/match-name.ts";
import { readFragment, readWanted } from "../../../../src/web/votes/read-wanted.ts";
import type { VoteRow } from "../../../../src/web/votes/row-source.ts";
import { targetOfKey } from "../../../../src/web/votes/target-of-key.ts";

const hash = "ab12".repeat(16);

describe("what somebody looks for", () => {
  it.each(["870109", "870,109", "870.109", "870’109", " 870 109 "])("%j is a number", (text) => {
    expect(readWanted(text, { size: 870_109, hasNames: false })).toEqual({
      kind: "number",
      number: 870_109,
    });
  });

  it.each([
    [hash, hash],
    [hash.toUpperCase(), hash],
    ["ab12 ab12 ab12", "ab12ab12ab12"],
    ["ab12ab12…", "ab12ab12"],
    [`Decision: x Ballot hash: ${hash} Signature: y`, hash],
    [`{"decision_id":"x","ballot_hash":"${hash}"}`, hash],
    [`https://vote.example/verify#d=x&h=${hash}&k=y`, hash],
    // No number of this list.
    ["870110", "870110"],
  ])("%j is a hash", (text, digits) => {
    expect(readWanted(text, { size: 870_109, hasNames: false })).toEqual({ kind: "hash", digits });
  });

  it.each([
    ["63", 63],
    ["870,110", 870_110],
  ])("%j is a number beyond the list", (text, number) => {
    expect(readWanted(text, { size: 62, hasNames: false })).toEqual({ kind: "beyond", number });
  });

  it("stands in a link as a number alone, never as the beginning of a hash", () => {
    expect(readFragment("#vote=62", 62)).toEqual({ kind: "number", number: 62 });
    expect(readFragment("#vote=9999999", 62)).toEqual({ kind: "beyond", number: 9_999_999 });
    for (const none of ["", "#vote=0", "#vote=abcdef", "#vote=1234567890", "#token=62"])
      expect(readFragment(none, 62)).toBeNull();
  });

  it.each(["", "0", "ab12", "the river", "-3", `${hash}0`])("%j is neither", (text) => {
    expect(readWanted(text, { size: 870_109, hasNames: false })).toBeNull();
  });
});

describe("a name in a roll call", () => {
  const rollCall = { size: 62, hasNames: true };

  it.each(["the river", "ab12", "Émile", "李"])("%j may be a part of one", (text) => {
    expect(readWanted(` ${text} `, rollCall)).toEqual({ kind: "name", text });
  });

  it("is neither a number, nor digits of a hash, nor a receipt", () => {
    expect(readWanted("62", rollCall)).toEqual({ kind: "number", number: 62 });
    expect(readWanted(hash, rollCall)).toEqual({ kind: "hash", digits: hash });
    expect(readWanted(`Ballot hash: ${hash}`, rollCall)).toEqual({ kind: "hash", digits: hash });
    expect(readWanted("-3", rollCall)).toBeNull();
  });

  it.each([
    ["emile", "Émile Zola", true],
    ["ÉMILE", "emile zola", true],
    ["zola", "Émile Zola", true],
    ["Zöla", "Émile Zola", true],
    ["emil zola", "Émile Zola", false],
    ["ana", null, false],
  ])("%j is in %j: %s", (text, name, isFound) => {
    expect(matchName(text)(name)).toBe(isFound);
  });
});

describe("rows that are all there", () => {
  const row = (number: number, name: string | null, more: Partial<VoteRow> = {}): VoteRow => ({
    number,
    hash: `${number}`.padStart(64, "0"),
    choice: "yes",
    region: "delta",
    weight: 1,
    name,
    statement: null,
    ...more,
  });

  it("stand by name as the reader's language has them, those without one last", () => {
    const rows = [row(1, null), row(2, "Zoë"), row(3, "Émile"), row(4, "Ana"), row(5, null)];
    expect(sortByName(rows, "en").map(({ number }) => number)).toEqual([4, 3, 2, 1, 5]);
  });

  it("are filtered by choice and region", () => {
    const rows = [row(1, null), row(2, null, { choice: "no" }), row(3, null, { region: null })];
    const numbers = (choice: VoteRow["choice"], region: string | null) =>
      filterRows(rows, { choice, region }).map(({ number }) => number);
    expect(numbers(null, null)).toEqual([1, 2, 3]);
    expect(numbers("yes", null)).toEqual([1, 3]);
    expect(numbers("yes", "delta")).toEqual([1]);
    expect(numbers("abstain", null)).toEqual([]);
  });
});

describe("keys in a list", () => {
  const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  const target = (key: string, active: number, held = {}) =>
    targetOfKey({ key, ...plain, ...held }, { active, rows: 100, page: 10 });

  it("move by rows, pages and to both ends, and never beyond them", () => {
    expect(target("ArrowDown", 5)).toBe(6);
    expect(target("ArrowDown", 99)).toBe(99);
    expect(target("ArrowUp", 0)).toBe(0);
    expect(target("PageDown", 5)).toBe(15);
    expect(target("PageUp", 5)).toBe(0);
    expect(target("Home", 50)).toBe(0);
    expect(target("End", 50)).toBe(99);
    expect(target("End", 50, { ctrlKey: true })).toBe(99);
  });

  it("do nothing where they are somebody else's", () => {
    expect(target("a", 5)).toBeNull();
    expect(target("Tab", 5)).toBeNull();
    expect(target("ArrowUp", 5, { altKey: true })).toBeNull();
    expect(target("ArrowDown", 5, { ctrlKey: true })).toBeNull();
    expect(targetOfKey({ key: "End", ...plain }, { active: 0, rows: 0, page: 1 })).toBeNull();
  });
});

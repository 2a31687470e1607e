import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { partsOf } from "../../../../../src/web/organise/ballots/batches.ts";
import {
  letterDirection,
  letterLanguageOf,
} from "../../../../../src/web/organise/ballots/letter-language.ts";
import { mailMergeText } from "../../../../../src/web/organise/ballots/links-table.ts";

describe("the file of a mail merge", () => {
  it("has the file's own columns and the links, of the voters that have one", () => {
    const table = {
      columns: ["id", "name"],
      rows: [
        ["17", 'Ana "A", Lima'],
        ["18", "a twin"],
        ["19", "=HYPERLINK(1)"],
      ],
    };
    const text = mailMergeText({ table, rows: [0, 2], links: ["https://a#token=1", "https://b"] });
    expect(parse(text, { bom: true })).toEqual([
      ["id", "name", "ballot_link"],
      ["17", 'Ana "A", Lima', "https://a#token=1"],
      ["19", "'=HYPERLINK(1)", "https://b"],
    ]);
  });

  it("names its column anew where the file has one of that name", () => {
    const table = { columns: ["id", "ballot_link"], rows: [["1", "x"]] };
    const text = mailMergeText({ table, rows: [0], links: ["https://a"] });
    expect(text.split("\r\n")[0]).toBe("\uFEFFid,ballot_link,ballot_link_2");
  });
});

describe("a letter's language", () => {
  it.each([
    ["fr", "fr"],
    ["FR-ca", "fr"],
    ["French", "fr"],
    ["français", "fr"],
    ["Deutsch", null],
    ["arabe", "ar"],
    ["العربية", "ar"],
    ["russian", "ru"],
    ["rum", null],
    ["", null],
  ])("named %j is %s", (text, language) => {
    expect(letterLanguageOf(text)).toBe(language);
  });

  it("says from which side it is written", () => {
    expect([letterDirection("ar"), letterDirection("zh")]).toEqual(["rtl", "ltr"]);
  });
});

describe("a list in parts", () => {
  it.each([
    [0, []],
    [2, [[0, 2]]],
    [
      3,
      [
        [0, 2],
        [2, 3],
      ],
    ],
  ])("of two has of %i members %j", (count, parts) => {
    expect(partsOf(count, 2).map(({ first, end }) => [first, end])).toEqual(parts);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  nameSchema,
  proseSchema,
  regionCodeSchema,
  regionsSchema,
} from "../../../src/decision/draft-values.ts";
import { nameKey } from "../../../src/decision/name-rules.ts";

/** Twenty territories by language, from CLDR 48 (Unicode License v3). */
const territories = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync("test/data/territory-names.json", "utf8")));

function isCode(text: string): boolean {
  return regionCodeSchema.safeParse(text).success;
}

describe("a region", () => {
  it.each(Object.entries(territories))("is named as CLDR has it in %s, by code too", (_, names) => {
    expect(names).toHaveLength(20);
    const regions = names.map((name) => ({ code: name, name }));
    expect(names.filter((name) => !isCode(name))).toEqual([]);
    expect(regionsSchema.safeParse(regions).success).toBe(true);
  });

  it.each([
    "Côte d’Ivoire",
    "Congo – Brazzaville",
    "Папуа — Новая Гвинея",
    "St. Vincent & Grenadines",
    "Bonaire, Sint Eustatius",
    "刚果（金）",
    "アンティグア・バーブーダ",
    "ארה״ב",
    "کیپ\u200Cورد",
    "ශ්\u200Dරී ලංකාව",
    "འབྲུག་",
    "Դ՚Իվուար",
    "qauḷa",
  ])("may have the code %s", (code) => {
    expect(isCode(code)).toBe(true);
  });

  it.each([
    ["a mark at the start", "\u0301a"],
    ["a blank at the start", " a"],
    ["a zero-width space in Latin", "no\u200Brth"],
    ["a joiner in Cyrillic", "сев\u200Dер"],
    ["two invisible characters together", "ខ\u200B\u200Bម"],
    ["an override of direction", "a\u202Eb"],
    ["a mark of direction", "a\u200Eb"],
    ["a variation selector", "a\uFE0F"],
    ["a soft hyphen", "a\u00ADb"],
    ["an end of line", "a\nb"],
    ["a percent sign", "a%"],
    ["no letter at all", "..."],
  ])("has no code with %s", (_, code) => {
    expect(isCode(code)).toBe(false);
  });

  it("keeps its code composed, however it is sent", () => {
    expect(regionCodeSchema.parse("I\u0302le")).toBe("\u00CEle");
    expect(regionCodeSchema.parse("e\u0301".repeat(64))).toHaveLength(64);
    expect(isCode("e\u0301".repeat(65))).toBe(false);
  });
});

describe("the regions of a decision", () => {
  it.each([
    ["case", "North", "NORTH"],
    ["blanks", "North Bank", "North  Bank"],
    ["width", "North", "Ｎorth"],
    ["composition", "Île", "I\u0302le"],
    ["dashes", "East-West", "East–West"],
    ["apostrophes", "Ivory d'Or", "Ivory d’Or"],
    ["zero-width spaces", "ខ្មែរក្រោម", "ខ្មែរ\u200Bក្រោម"],
    ["nothing", "North", "North"],
  ])("have no codes and no names that differ in %s alone", (_, one, other) => {
    const [codes, names] = [
      regionsSchema.safeParse([{ code: one }, { code: "x" }, { code: other }]),
      regionsSchema.safeParse([
        { code: "a", name: one },
        { code: "b", name: other },
      ]),
    ].map(({ error }) => error?.issues.map(({ path, message }) => [path.join("/"), message]));
    expect(codes?.[0]).toEqual(["2/code", expect.stringContaining("/regions/0")]);
    expect(names).toEqual([["1/name", expect.stringContaining("/regions/0")]]);
  });

  it("have no name that is another's code, where the other has no name of its own", () => {
    const regions = [{ code: "north" }, { code: "n", name: "North" }];
    expect(regionsSchema.safeParse(regions).error?.issues).toMatchObject([{ path: [1, "name"] }]);
  });

  it("differ where a letter or a mark does", () => {
    const codes = ["Nord", "Nörd", "Norđ", "Норд", "कि", "की"];
    expect(regionsSchema.safeParse(codes.map((code) => ({ code }))).success).toBe(true);
    expect(new Set(codes.map(nameKey)).size).toBe(codes.length);
  });
});

describe("a title", () => {
  const isTitle = (text: string) => nameSchema(500).safeParse(text).success;

  it.each([
    "Soll der Radweg gebaut werden?",
    "क्या नदी को बहाल किया जाए?",
    "👩\u200D👧 and 2\uFE0F⃣ more",
    "\u200Fהאם לשקם?",
  ])("is kept as %s", (text) => {
    expect(nameSchema(500).parse(text)).toBe(text);
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \u00A0\u3000"],
    ["what can't be seen", "\u200B\u2060\u3164\u2800"],
    ["an override of direction", "Keep \u202Eti"],
    ["an embedding", "\u202Bti\u202C"],
    ["an isolate", "\u2067ti\u2069"],
    ["two lines", "One\nTwo"],
    ["a control character", "One\u0007"],
    ["a separator of lines", "One\u2028Two"],
  ])("is not of %s", (_, text) => {
    expect(isTitle(text)).toBe(false);
  });
});

describe("the key of a name", () => {
  it.each([
    ["what can't be seen within it", "a\u200Bb\u2060c", "abc"],
    ["blanks at its ends and of every kind", "\u00A0a\u2003\u2800b\t", "a b"],
    ["dashes of every kind", "a\u2014b", "a-b"],
    ["the apostrophes of Ukrainian and Armenian", "a\u02BCb\u055Ac", "a'b'c"],
    ["capitals that are composed of several", "\u0130", "i\u0307"],
    ["final letters and capitals of Greek", "\u03A3", "\u03C3"],
  ])("is the same whatever %s", (_, text, key) => {
    expect(nameKey(text)).toBe(key);
  });
});

it("a description may have lines and be empty, and turns no direction", () => {
  const prose = proseSchema(5_000);
  expect(prose.parse("One\n\tTwo")).toBe("One\n\tTwo");
  expect(prose.parse("")).toBe("");
  expect(prose.safeParse("a\u202Eb").success).toBe(false);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { readPlainId } from "../../../src/voter-id/plain-id.ts";
import {
  normalizeVoterId,
  voterIdForms,
  type VoterIdForm,
} from "../../../src/voter-id/voter-id.ts";
import { sampleVoterId } from "../../support/sample-voter-id.ts";

const { voterIdCharactersMax: longest } = limits;

function codeOf(text: string, form: VoterIdForm = "case_mapped"): string {
  const read = normalizeVoterId(text, form);
  return typeof read === "string" ? "good" : read.code;
}

describe("the one spelling of a voter_id", () => {
  // RFC 8266, 3: the examples of its table, and what table 2 says they are compared as.
  it.each([
    ["Foo", "foo", "Foo"],
    ["foo", "foo", "foo"],
    ["Foo Bar", "foo bar", "Foo Bar"],
    ["foo bar", "foo bar", "foo bar"],
    ["\u03A3", "\u03C3", "\u03A3"],
    ["\u03C3", "\u03C3", "\u03C3"],
    ["\u03C2", "\u03C2", "\u03C2"],
    ["\u265A", "\u265A", "\u265A"],
    ["Richard \u2163", "richard iv", "Richard IV"],
  ])(
    "of %j is %j, or %j with its case preserved, as RFC 8266 has it",
    (text, mapped, preserved) => {
      expect(normalizeVoterId(text, "case_mapped")).toBe(mapped);
      expect(normalizeVoterId(text, "case_preserved")).toBe(preserved);
    },
  );

  it.each([
    ["blanks at the ends", "  ana maria "],
    ["more than one blank within", "ana   maria"],
    ["a blank that does not break", "ana\u00A0maria"],
    ["an ideographic blank", "ana\u3000maria"],
    ["capitals", "ANA MARIA"],
    ["fullwidth letters", "ａｎａ ｍａｒｉａ"],
    ["mathematical letters", "𝐚𝐧𝐚 𝐦𝐚𝐫𝐢𝐚"],
    ["a script letter that is a capital only after NFKC", "𝒜na maria"],
    ["circled letters", "ⓐna maria"],
  ])("is the same with %s", (_, text) => {
    expect(normalizeVoterId(text, "case_mapped")).toBe("ana maria");
  });

  it.each([
    ["composed and decomposed letters", "Zoë", "Zoe\u0308"],
    ["marks in either order", "a\u0323\u0302", "a\u0302\u0323"],
    ["Korean in syllables and in jamo", "한국", "한국".normalize("NFD")],
    ["Devanagari with its nukta apart", "\u0958", "\u0915\u093C"],
    ["a ligature and its letters", "ﬁona", "fiona"],
    ["halfwidth and fullwidth katakana", "ｱﾅ", "アナ"],
  ])("is one of %s", (_, one, other) => {
    expect(one).not.toBe(other);
    for (const form of voterIdForms)
      expect(normalizeVoterId(one, form)).toBe(sampleVoterId(other, form));
  });

  it.each([
    "ana@example.org",
    "O'Neill, Séan",
    "Дмитрий",
    "जवाहरलाल नेहरू",
    "မောင်မောင်",
    "สมชาย",
    "ខ្មែរ",
    "தமிழ்",
    "محمد",
    "دכ-7",
    "4711/ß",
    "😀",
  ])("of %j is there", (text) => {
    expect(codeOf(text)).toBe("good");
  });

  it.each(["а\u006Ea", "ana1", "an a", "ana.", "anä"])(
    "of %j is another than that of ana: what looks alike is not the same",
    (text) => {
      expect(normalizeVoterId(text, "case_mapped")).not.toBe("ana");
    },
  );

  it("is reached in one step, plain or not, and what differs only in blanks and case has the same", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
      fc.constantFrom(" ", "\u00A0", "ΑΣ", "ﷺ", "𝒜", "İ", "´", "\u200C"),
    );
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.constantFrom(...voterIdForms), (written, form) => {
        const once = normalizeVoterId(written, form);
        if (typeof once !== "string") return;
        expect(normalizeVoterId(once, form)).toBe(once);
        expect(normalizeVoterId(` ${written}\u3000`, form)).toBe(once);
        expect(once.normalize("NFKC")).toBe(once);
        if (form === "case_mapped") expect(once.toLowerCase()).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it("of plain letters is found without the general rules, and is what they say", () => {
    const latin = fc
      .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0xc0, max: 0xff })), {
        maxLength: 20,
      })
      .map((codes) => String.fromCharCode(...codes));
    const byRules = (text: string) =>
      text.replace(/ +/g, " ").replace(/^ | $/g, "").toLowerCase().normalize("NFKC");
    fc.assert(
      fc.property(latin, (text) => {
        const plain = readPlainId(text);
        expect(plain !== null).toBe(text !== "" && !/^ | $| {2}/.test(text));
        if (plain === null) return;
        expect(plain.hasCapitals).toBe(/[A-ZÀ-Þ]/.test(text));
        expect(text.normalize("NFKC")).toBe(text);
        expect(normalizeVoterId(text, "case_mapped")).toBe(byRules(text));
        expect(normalizeVoterId(text, "case_preserved")).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a text that is no voter_id", () => {
  it.each([
    ["nothing", ""],
    ["blanks", " \u00A0\u3000"],
  ])("of %s is missing", (_, text) => {
    expect(codeOf(text)).toBe("voter_id.missing");
  });

  it.each([
    ["NUL", "ana\u0000"],
    ["a tab", "ana\tmaria"],
    ["a line's end", "ana\n"],
    ["delete", "ana\u007F"],
    ["a zero-width space", "an\u200Ba"],
    ["a word joiner", "an\u2060a"],
    ["a byte order mark", "\uFEFFana"],
    ["a soft hyphen", "an\u00ADa"],
    ["a combining grapheme joiner", "an\u034Fa"],
    ["a variation selector", "ana\uFE0F"],
    ["a mark of direction", "ana\u200E"],
    ["an override of direction", "\u202Eana"],
    ["a tag", "ana\u{E0061}"],
    ["a Hangul filler", "ana\u3164"],
    ["a blank of Braille", "ana\u2800"],
    ["a joiner between Latin letters", "an\u200Ca"],
    ["a joiner at the end", "ana\u200D"],
    ["emoji that are joined", "👩\u200D👧"],
    ["a private character", "ana\uE000"],
    ["a noncharacter", "ana\uFFFE"],
    ["an unassigned character", "ana\u{E1FFF}"],
    ["the Arabic lengthening", "م\u0640حمد"],
    ["a middle dot that is not between two l", "a·b"],
    ["Arabic digits of both kinds", "\u0661\u06F1"],
    ["a katakana dot without Japanese", "a\u30FBb"],
  ])("with %s holds a forbidden character, whatever its case", (_, text) => {
    for (const form of voterIdForms)
      expect(codeOf(text, form)).toBe("voter_id.forbidden_character");
  });

  it.each(["\uD800", "ana\uDC00"])("%j is malformed", (text) => {
    expect(codeOf(text)).toBe("voter_id.malformed");
  });

  it("is longer than 255 characters, as written or in its one spelling", () => {
    for (const character of ["x", "é", "世", "😀"]) {
      expect(codeOf(character.repeat(longest))).toBe("good");
      expect(codeOf(character.repeat(longest + 1))).toBe("voter_id.too_long");
    }
    expect(codeOf(`${"x".repeat(longest)} `)).toBe("voter_id.too_long");
    // U+FDFA is eighteen characters in NFKC.
    expect(codeOf("\uFDFA".repeat(14))).toBe("good");
    expect(codeOf("\uFDFA".repeat(15))).toBe("voter_id.too_long");
  });
});

describe("what is allowed in its context alone", () => {
  it.each([
    ["a joiner after a virama (RFC 5892, A.2)", "क्\u200Dष"],
    ["a non-joiner after a virama (A.1)", "क्\u200Cष"],
    ["a non-joiner in Persian (A.1)", "کی\u200Cبورد"],
    ["a non-joiner with marks at its sides (A.1)", "بَ\u200Cَب"],
    ["a Catalan middle dot (A.3)", "gal·la"],
    ["a Catalan middle dot between capitals", "GAL·LA"],
    ["a Greek numeral sign (A.4)", "\u0375α"],
    ["a Hebrew geresh and gershayim (A.5, A.6)", "א\u05F3ב\u05F4"],
    ["a katakana dot in Japanese (A.7)", "アン・バー"],
    ["Arabic-Indic digits (A.8)", "\u0661\u0662"],
    ["extended Arabic-Indic digits (A.9)", "\u06F1\u06F2"],
  ])("stands in a voter_id as %s", (_, text) => {
    for (const form of voterIdForms) expect(codeOf(text, form)).toBe("good");
  });

  it("tells two voters apart, as their scripts do", () => {
    const [joined, apart] = ["کیبورد", "کی\u200Cبورد"].map((text) => sampleVoterId(text));
    expect(joined).not.toBe(apart);
  });

  it.each([
    ["a non-joiner after a letter that joins nothing after it", "د\u200Cب"],
    ["a non-joiner at the end", "ب\u200C"],
    ["a joiner without a virama", "ب\u200Dب"],
    ["a Greek numeral sign before Latin", "\u0375a"],
    ["a geresh after Latin", "a\u05F3"],
  ])("is refused elsewhere: %s", (_, text) => {
    expect(codeOf(text)).toBe("voter_id.forbidden_character");
  });
});

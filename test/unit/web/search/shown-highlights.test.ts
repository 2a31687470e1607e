import { describe, expect, test } from "vitest";
import type { ApiHighlight, FoundDecision } from "../../../../src/web/contract.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { shownHighlights } from "../../../../src/web/search/shown-highlights.ts";

const decision = {
  title: "Give the river room",
  description: "Its banks belong to it.",
  translations: {
    original: "en",
    texts: [{ language: "fr", title: "De la place au fleuve", description: "Ses rives." }],
  },
} as unknown as FoundDecision["decision"];

const marked = (
  field: "title" | "description",
  language: string,
  [before, match, after]: [string, string, string],
): ApiHighlight => ({
  field,
  language,
  parts: [
    { text: before, match: false },
    { text: match, match: true },
    { text: after, match: false },
  ],
});

const english = marked("title", "en", ["Give the ", "river", " room"]);
const french = marked("title", "fr", ["De la place au ", "fleuve", ""]);
const banks = marked("description", "en", ["Its ", "banks", " belong to it."]);

const show = (locale: string, highlights: ApiHighlight[]) =>
  shownHighlights(createI18n(locale, {}), { decision, highlights });

describe("where words were found", () => {
  test("is the title that the reader sees, and the description in their language", () => {
    expect(show("en", [french, english, banks])).toEqual({ title: english, elsewhere: banks });
    expect(show("fr", [english, french, banks])).toEqual({ title: french, elsewhere: null });
  });

  test("is another language's text where it is nowhere else", () => {
    expect(show("fr", [english])).toEqual({ title: null, elsewhere: english });
  });

  test("is not told where nothing is marked", () => {
    const plain = { ...english, parts: [{ text: "Give the river room", match: false }] };
    expect(show("en", [plain])).toEqual({ title: null, elsewhere: null });
    expect(show("en", [])).toEqual({ title: null, elsewhere: null });
  });

  test("is shown of a description without the marks of Markdown", () => {
    const written = marked("description", "en", [
      "# Its banks\n> of **",
      "gravel",
      "** and `2 * 3`",
    ]);
    expect(show("en", [written]).elsewhere?.parts.map(({ text }) => text)).toEqual([
      "Its banks\nof ",
      "gravel",
      " and 2 * 3",
    ]);
  });

  test("is below the title where only a piece of that came back", () => {
    const piece = marked("title", "en", ["the ", "river", ""]);
    expect(show("en", [piece])).toEqual({ title: null, elsewhere: piece });
  });
});

import { describe, expect, it } from "vitest";
import type { WholeDraft } from "../../../../../src/web/organise/drafting/draft-body.ts";
import {
  draftWarnings,
  type KnownRoll,
} from "../../../../../src/web/organise/drafting/draft-warnings.ts";
import { emptyForm } from "../../../../../src/web/organise/drafting/fill-form.ts";
import { readForm } from "../../../../../src/web/organise/drafting/read-form.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");
const read = readForm(i18n, {
  ...emptyForm("UTC"),
  title: "One",
  closes: { local: "2027-05-01T18:00", which: null },
});
if (!("body" in read)) throw new Error("the form is whole");
const base: WholeDraft = { ...read.body, disclosure: "pseudonymous" };

function warned(more: Partial<WholeDraft>, roll: KnownRoll = null) {
  return draftWarnings(i18n, { ...base, ...more }, roll);
}

const large: KnownRoll = { voters: 1_000, weight: "1000" };

describe("the warnings of a draft", () => {
  it("are none for an ordinary vote", () => {
    expect(warned({}, large)).toEqual([]);
    expect(warned({ disclosure: "roll_call" }, { voters: 7, weight: "7" })).toEqual([]);
  });

  it("tell of weights under a head count, once the roll is known", () => {
    const weighted = { voters: 1_000, weight: "5000" };
    expect(warned({ disclosure: "roll_call" }, null)).toEqual([]);
    const [warning] = warned({ disclosure: "roll_call" }, weighted);
    expect([warning?.member, warning?.words]).toEqual([
      "rule",
      expect.stringContaining("the rule counts heads"),
    ]);
  });

  it("tell of whoever may be alone in a region with a weight", () => {
    const words = warned({}, { voters: 1_000, weight: "5000" }).map((one) => one.words);
    expect(words.some((text) => text.includes("alone in a region with a weight"))).toBe(true);
  });

  it.each([
    [19, 1],
    [20, 0],
  ])("tell that %i voters are too few for releases, or not (%i)", (voters, warnings) => {
    const found = warned({}, { voters, weight: String(voters) });
    expect(found.filter(({ member }) => member === "release_min")).toHaveLength(warnings);
  });

  it("say nothing of releases where nothing is shown before the close, or all of it", () => {
    const few = { voters: 12, weight: "12" };
    expect(warned({ visibility: "sealed" }, few)).toEqual([]);
    expect(warned({ disclosure: "roll_call" }, few)).toEqual([]);
  });

  it("tell that a secret vote of a few hides little", () => {
    const found = warned({ visibility: "sealed" }, { voters: 9, weight: "9" });
    expect(found.map(({ member }) => member)).toEqual(["disclosure"]);
  });

  it("tell of small regions of a stated electorate", () => {
    const electorate_size = {
      voters: 100,
      weight: "100",
      regions: [{ region: "A", voters: 9, weight: "9" }],
    };
    const found = warned({ electorate: "open", electorate_size });
    expect(found.map(({ member }) => member)).toEqual(["small_cells_min"]);
  });

  it("tell of a window without an end, and of one of minutes", () => {
    expect(warned({ closes_at: null }, large).map(({ member }) => member)).toEqual(["closes_at"]);
    expect(warned({ closes_at: null, ends_early: "by_organiser" }, large)).toEqual([]);
    const short = { opens_at: "2027-05-01T17:55:00.000Z", closes_at: "2027-05-01T18:00:00.000Z" };
    expect(warned(short, large)[0]?.words).toBe("Voting takes 5 minutes only.");
  });
});

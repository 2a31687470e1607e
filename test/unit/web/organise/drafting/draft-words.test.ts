import { describe, expect, it } from "vitest";
import { presets } from "../../../../../src/rules/presets/presets.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";
import { emptyForm } from "../../../../../src/web/organise/drafting/fill-form.ts";
import { draftMembers } from "../../../../../src/web/organise/drafting/draft-body.ts";
import { memberLabel, memberWords } from "../../../../../src/web/organise/drafting/member-words.ts";
import { readForm } from "../../../../../src/web/organise/drafting/read-form.ts";
import {
  presetTitle,
  templateRegionName,
  templateWords,
} from "../../../../../src/web/organise/drafting/template-words.ts";
import { findTemplate, templateKeys } from "../../../../../src/web/organise/drafting/templates.ts";

const i18n = createI18n("en");

describe("the words of a draft", () => {
  it("name every field, each otherwise, and say what stands in it", () => {
    const labels = draftMembers.map((member) => memberLabel(i18n, member));
    expect(new Set(labels).size).toBe(draftMembers.length);
    const form = { ...emptyForm("UTC"), title: "One" };
    const read = readForm(i18n, { ...form, closes: { local: "2027-05-01T18:00", which: null } });
    if (!("body" in read)) throw new Error("the form is whole");
    const told = draftMembers.map((member) =>
      memberWords(i18n, { draft: read.body, member, timeZone: "UTC" }),
    );
    expect(told.every((words) => words !== "" && !words.includes("_"))).toBe(true);
  });

  it("name every preset, and every region that a template begins with", () => {
    expect(presets.filter(({ name }) => presetTitle(i18n, name) === null)).toEqual([]);
    for (const key of templateKeys) {
      expect(templateWords(i18n, key).title).not.toBe("");
      for (const { name } of findTemplate(key).regions ?? [])
        expect(templateRegionName(i18n, name)).not.toBe(name);
    }
  });
});

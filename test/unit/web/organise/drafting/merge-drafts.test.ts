import { describe, expect, it } from "vitest";
import type { WholeDraft } from "../../../../../src/web/organise/drafting/draft-body.ts";
import {
  findForeignChanges,
  mergeDrafts,
} from "../../../../../src/web/organise/drafting/merge-drafts.ts";
import { emptyForm } from "../../../../../src/web/organise/drafting/fill-form.ts";
import { readForm } from "../../../../../src/web/organise/drafting/read-form.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";

const read = readForm(createI18n("en"), {
  ...emptyForm("UTC"),
  title: "One",
  closes: { local: "2027-05-01T18:00", which: null },
});
if (!("body" in read)) throw new Error("the form is whole");
const base: WholeDraft = read.body;

describe("two organisers' changes of one draft", () => {
  const mine = { ...base, title: "Mine", shards: 2, visibility: "sealed" } as const;
  const theirs = { ...base, title: "Theirs", visibility: "sealed", stations: "none" } as const;

  it("are told field by field, and those of both as conflicts", () => {
    expect(findForeignChanges({ base, mine, theirs })).toEqual([
      { member: "title", isConflict: true },
      { member: "visibility", isConflict: false },
      { member: "stations", isConflict: false },
    ]);
  });

  it("come together where only one has changed a field, and of the rest as chosen", () => {
    const drafts = { base, mine, theirs };
    expect(mergeDrafts(drafts, new Map())).toEqual({ ...mine, stations: "none" });
    const chosen = new Map([["title", "theirs"] as const]);
    expect(mergeDrafts(drafts, chosen)).toEqual({ ...mine, title: "Theirs", stations: "none" });
  });

  it("are none where only the roll has changed", () => {
    expect(findForeignChanges({ base, mine, theirs: base })).toEqual([]);
  });

  it("are no change where the rule says the same in another order of its members", () => {
    const { rule } = base;
    const turned = { ...base, rule: Object.fromEntries(Object.entries(rule ?? {}).toReversed()) };
    expect(findForeignChanges({ base, mine: base, theirs: turned })).toEqual([]);
  });
});

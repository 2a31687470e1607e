import { describe, expect, it } from "vitest";
import { moveTally } from "../../../src/ballot/tally.ts";
import type { Decision } from "../../../src/decision/decision.ts";
import { openDecision } from "../../../src/decision/lifecycle.ts";
import { documentOf, documentVersion } from "../../../src/search/document-of-decision.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const known = { revision: 3, verdict: null, tallies: [] };

function opened(given: Parameters<typeof sampleDraft>[0] = {}, more: Partial<Decision> = {}) {
  const decision = { ...sampleDecision(sampleDraft(given)), ...more };
  const changed = openDecision(decision, 1_000, () => "hash");
  if ("refused" in changed) throw new Error(changed.refused);
  return changed.decision;
}

const tally = moveTally(
  new Map(),
  (["yes", "yes", "no", "abstain", "withdrawn"] as const).map((choice) => ({
    choice,
    region: "north",
    weight: 3,
  })),
  [],
);

describe("the document of a decision", () => {
  it("is none of a draft, and none of one that was cancelled as a draft", () => {
    expect(documentOf(sampleDecision(), known)).toBeNull();
    expect(documentOf({ ...sampleDecision(), status: "cancelled" }, known)).toBeNull();
  });

  it("of a rehearsal has its words and none of its results", () => {
    const closed = { closedAt: 9_500, status: "closed" } as const;
    const results = { verdict: "carried", tallies: [tally] } as const;
    const documentIn = (rehearsal: boolean) =>
      documentOf({ ...opened({ rehearsal }), ...closed }, { ...known, ...results });
    expect(documentIn(false)).toMatchObject({ outcome: "carried", closedAt: 9_500 });
    expect(documentIn(true)).toMatchObject({
      texts: [{ title: "Restore the delta" }],
      status: "closed",
      outcome: null,
      closedAt: null,
      electorate: null,
      voted: null,
    });
  });

  it("says of an opened one what everybody may read", () => {
    const translations = {
      original: "en",
      texts: [{ language: "fr", title: "Le delta", description: "Restaurer" }],
    };
    const regions = [
      { code: "north", name: "North" },
      { code: "south", name: "South" },
    ];
    const decision = opened({ translations, regions, closesAt: 9_000 }, { owner: "harbour" });
    expect(documentOf(decision, known)).toEqual({
      id: "delta",
      version: 6,
      texts: [
        { language: "en", title: "Restore the delta", description: "" },
        { language: "fr", title: "Le delta", description: "Restaurer" },
      ],
      status: "open",
      outcome: null,
      owner: "harbour",
      regions: ["north", "south"],
      rule: "ballots",
      opensAt: 1_000,
      closesAt: 9_000,
      closedAt: null,
      electorate: null,
      voted: null,
    });
  });

  it("closes when its extended window does", () => {
    const decision = { ...opened({ closesAt: 9_000 }), extendedTo: 12_000 };
    expect(documentOf(decision, known)?.closesAt).toBe(12_000);
  });

  it("has no language where nobody says in which its texts are", () => {
    expect(documentOf(opened(), known)?.texts.map(({ language }) => language)).toEqual([null]);
  });

  it("has outcome and turnout of a roll once it is closed, and not before", () => {
    const decision = opened();
    const manifest = decision.manifest && {
      ...decision.manifest,
      roll: { import: 1, hash: "h", voters: 40, weight: "120", regions: [] },
    };
    const figures = { revision: 4, verdict: "carried" as const, tallies: [tally, tally] };
    const before = documentOf({ ...decision, manifest } as Decision, figures);
    expect(before).toMatchObject({ outcome: null, electorate: null, voted: null });
    const closed = { ...decision, manifest, status: "closed", closedAt: 5_000 } as Decision;
    expect(documentOf(closed, figures)).toMatchObject({
      version: 9,
      outcome: "carried",
      closedAt: 5_000,
      electorate: 40,
      voted: 8,
    });
    const withoutRoll = { ...decision, status: "closed", closedAt: 5_000 } as Decision;
    expect(documentOf(withoutRoll, figures)).toMatchObject({ electorate: null, voted: null });
  });

  it("has a version that moves with the revision, and once the verdict is known", () => {
    const versions = [
      { revision: 3, verdict: null },
      { revision: 3, verdict: "carried" as const },
      { revision: 4, verdict: "carried" as const },
    ].map(documentVersion);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
  });
});

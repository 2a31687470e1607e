import { describe, expect, it } from "vitest";
import { draftShape } from "../../../../../src/decision/draft-fields.ts";
import { viewDecision } from "../../../../../src/decision/decision-json.ts";
import { keepDraft } from "../../../../../src/decision/draft-fields.ts";
import { decisionDraftSchema } from "../../../../../src/http/contract/decisions.ts";
import type { ApiDecision } from "../../../../../src/web/contract.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";
import { draftMembers, draftOf } from "../../../../../src/web/organise/drafting/draft-body.ts";
import { copyOf, emptyForm, formOf } from "../../../../../src/web/organise/drafting/fill-form.ts";
import type { DraftForm } from "../../../../../src/web/organise/drafting/draft-form.ts";
import { changesOf, readForm } from "../../../../../src/web/organise/drafting/read-form.ts";

const i18n = createI18n("en");
const zone = "Europe/Berlin";

/** A decision with every field set to what is no default. */
const written = {
  title: "Restore the delta",
  description: "All of it",
  translations: {
    original: "en",
    texts: [{ language: "fr", title: "Restaurer le delta", description: "En entier" }],
  },
  rehearsal: true,
  electorate: "open",
  regions: [{ code: "A", name: "Upper" }, { code: "B" }],
  rule: { requirements: [{ id: "m", count: "yes", more_than: "1/2", of: ["yes", "no"] }] },
  opens_at: "2027-10-31T00:30:00.000Z",
  closes_at: "2027-10-31T01:30:00.000Z",
  ends_early: "by_organiser",
  extension: { minutes: 20 },
  revote_policy: "revisable",
  visibility: "turnout",
  disclosure: "aggregate",
  release_min: 5,
  small_cells_min: 12,
  electorate_size: { voters: 30, weight: "90", regions: [{ region: "A", voters: 12 }] },
  weight_max: 3,
  voter_ids: "case_preserved",
  stations: "none",
  login: { issuer: "https://login.example", voter_claim: "email", region_claim: "land" },
  retention: { days: 90 },
  expected_watchers: 700,
  shards: 3,
  location_hints: ["weur", "eeur"],
  // Only with a roll, which this has not.
  placement: [],
} as const;

function decisionOf(body: object): ApiDecision {
  const draft = decisionDraftSchema.parse(body);
  const kept = keepDraft("restore-the-delta", draft);
  const decision = {
    draft: kept,
    owner: "river-keepers",
    status: "draft",
    createdAt: 0,
    roll: null,
    map: null,
    isExtensionDecided: false,
    extendedTo: null,
    extensionMoves: 0,
    isExtensionTold: false,
    closedAt: null,
    certifiedAt: null,
    forgottenAt: null,
    manifest: null,
    manifestHash: null,
  } as const;
  return viewDecision(decision);
}

function bodyOf(form: DraftForm) {
  const read = readForm(i18n, form);
  return "body" in read ? read.body : read.faults;
}

describe("the form of a draft", () => {
  it("has every field that the API takes of a draft", () => {
    expect([...draftMembers].toSorted()).toEqual(Object.keys(draftShape).toSorted());
    expect(Object.keys(written).toSorted()).toEqual(Object.keys(draftShape).toSorted());
  });

  it("gives back every field of a decision as it is, in any zone", () => {
    const decision = decisionOf(written);
    for (const timeZone of [zone, "UTC", "Asia/Kathmandu"]) {
      const body = bodyOf(formOf(decision, timeZone));
      expect(body).toEqual(draftOf(decision));
      expect(changesOf(draftOf(decision), draftOf(decision))).toEqual({});
    }
  });

  it("gives back groups of regions with a roll, and none without", () => {
    const placement = [{ regions: ["A"], location_hint: "oc" as const, shards: 2 }];
    const decision = decisionOf({
      ...written,
      electorate: "roll",
      electorate_size: null,
      placement,
    });
    const form = formOf(decision, zone);
    expect(bodyOf(form)).toEqual(draftOf(decision));
    expect(bodyOf({ ...form, electorate: "open" })).toMatchObject({ placement: [] });
    const [group] = form.placement;
    if (group === undefined) throw new Error("no group");
    expect(bodyOf({ ...form, placement: [{ ...group, place: "", shards: "3" }] })).toMatchObject({
      placement: [{ regions: ["A"], location_hint: null, shards: 3 }],
    });
    expect(bodyOf({ ...form, placement: [{ ...group, shards: "two" }] })).toMatchObject([
      { pointer: "/placement/0/shards" },
    ]);
  });

  it("is taken by the API once it has a question and an end", () => {
    const form = { ...emptyForm(zone), title: "Plant trees" };
    const body = bodyOf({ ...form, closes: { local: "2027-05-01T18:00", which: null } });
    expect(decisionDraftSchema.safeParse(body).success).toBe(true);
  });

  it("changes what was edited and nothing else", () => {
    const decision = decisionOf(written);
    const form = { ...formOf(decision, zone), title: "Restore it", shards: "4" };
    const read = readForm(i18n, form);
    expect("body" in read && changesOf(draftOf(decision), read.body)).toEqual({
      title: "Restore it",
      shards: 4,
    });
  });

  it("says at its field what can't be read", () => {
    const form: DraftForm = {
      ...emptyForm(zone),
      electorate: "open",
      opens: { local: "2027-03-28T02:30", which: null },
      closes: { local: "2027-10-31T02:30", which: null },
      rule: { kind: "document", text: "{" },
      releaseMin: "ten",
      size: { voters: "", weight: "", regions: [] },
      login: { issuer: " ", voterClaim: "", regionClaim: "" },
    };
    const read = readForm(i18n, form);
    expect("faults" in read && read.faults.map(({ pointer }) => pointer).toSorted()).toEqual([
      "/closes_at",
      "/electorate_size/voters",
      "/login/issuer",
      "/opens_at",
      "/release_min",
      "/rule",
      "/title",
    ]);
  });

  it.each(["1 200", "1,200", "1’200", "1.200", "١٢٠٠", "१२००", "１２００"])(
    "reads the figure %s as it is meant",
    (typed) => {
      const form = { ...formOf(decisionOf(written), zone), expectedWatchers: typed };
      expect(bodyOf(form)).toMatchObject({ expected_watchers: 1_200 });
    },
  );

  it.each(["", "1.5", "1,20", "-3", "ten", "1e3", "1".repeat(16)])(
    "takes %j for no figure",
    (typed) => {
      const form = { ...formOf(decisionOf(written), zone), expectedWatchers: typed };
      expect(bodyOf(form)).toMatchObject([{ pointer: "/expected_watchers" }]);
    },
  );

  it("copies a decision without the moments that have passed", () => {
    const decision = decisionOf(written);
    const after = Date.parse("2027-10-31T01:00:00Z");
    const copy = copyOf(decision, zone, after);
    expect(copy.opens).toBeNull();
    expect(copy.closes).toEqual({ local: "2027-10-31T02:30", which: "later" });
    expect(copyOf(decision, zone, Date.parse("2028-01-01T00:00:00Z")).closes?.local).toBe("");
    expect(copy.title).toBe("Restore the delta");
  });
});

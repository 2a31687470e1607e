import { describe, expect, it } from "vitest";
import { z } from "zod";
import { viewDecision } from "../../../src/decision/decision-json.ts";
import type { DecisionDraft } from "../../../src/decision/decision.ts";
import { draftShape, keepDraft } from "../../../src/decision/draft-fields.ts";
import { limits } from "../../../src/shared/limits.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const written = z.strictObject(draftShape);

/** A body in which no member says what its default says. */
const body = {
  rehearsal: true,
  title: "Restore it",
  description: "All of\nit",
  translations: {
    original: "en-GB",
    texts: [{ language: "fr", title: "Le restaurer", description: "En entier" }],
  },
  regions: [{ code: "north", name: "The North" }, { code: "south" }],
  electorate: "open",
  voter_ids: "case_mapped",
  electorate_size: { voters: 9, regions: [{ region: "north", voters: 4, weight: "40" }] },
  extension: { minutes: 7 },
  ends_early: "by_organiser",
  rule: { title: "A rule", requirements: [{ id: "some", count: "yes", at_least: 1 }] },
  revote_policy: "revisable",
  opens_at: "2027-03-07T12:00:00+02:00",
  closes_at: "2027-03-08T12:00:00Z",
  shards: 3,
  location_hints: ["weur", "oc"],
  placement: [{ regions: ["south"], location_hint: "oc", shards: 2 }],
  expected_watchers: 600,
  weight_max: 12,
  visibility: "turnout",
  disclosure: "aggregate",
  release_min: 25,
  stations: "overrides",
  small_cells_min: 30,
  login: { issuer: "https://login.example", voter_claim: "email", region_claim: "canton" },
  retention: { days: 90 },
};

const kept: DecisionDraft = {
  id: "delta",
  rehearsal: true,
  title: "Restore it",
  description: "All of\nit",
  translations: body.translations,
  regions: [
    { code: "north", name: "The North" },
    { code: "south", name: "south" },
  ],
  electorate: "open",
  voterIds: "case_mapped",
  electorateSize: {
    voters: 9,
    weight: "9",
    regions: [{ region: "north", voters: 4, weight: "40" }],
  },
  extensionMinutes: 7,
  endsEarly: "by_organiser",
  rule: '{"requirements":[{"at_least":1,"count":"yes","id":"some"}],"title":"A rule"}',
  revotePolicy: "revisable",
  opensAt: Date.UTC(2027, 2, 7, 10),
  closesAt: Date.UTC(2027, 2, 8, 12),
  shards: 3,
  locationHints: ["weur", "oc"],
  placement: [{ regions: ["south"], locationHint: "oc", shards: 2 }],
  expectedWatchers: 600,
  weightMax: 12,
  visibility: "turnout",
  disclosure: "aggregate",
  releaseMin: 25,
  stations: "overrides",
  smallCellsMin: 30,
  login: { issuer: "https://login.example", voterClaim: "email", regionClaim: "canton" },
  retentionDays: 90,
};

const shown = {
  ...body,
  regions: [
    { code: "north", name: "The North" },
    { code: "south", name: "south" },
  ],
  electorate_size: {
    voters: 9,
    weight: "9",
    regions: [{ region: "north", voters: 4, weight: "40" }],
  },
  extension: { minutes: 7, extended: false },
  opens_at: "2027-03-07T10:00:00.000Z",
  closes_at: "2027-03-08T12:00:00.000Z",
};

/** What is kept of a body with a title and these members. */
function keep(members: object): DecisionDraft {
  return keepDraft("delta", written.parse({ title: "Restore it", ...members }));
}

describe("the members of a draft's body", () => {
  it("are all kept as they are written, under the names that the core has for them", () => {
    expect(keepDraft("delta", written.parse(body))).toEqual(kept);
  });

  it("are shown again under their own names", () => {
    expect(viewDecision(sampleDecision(kept))).toMatchObject(shown);
  });

  it("have these defaults, and the title none", () => {
    expect(keep({})).toEqual({
      id: "delta",
      rehearsal: false,
      title: "Restore it",
      description: "",
      translations: null,
      regions: [],
      electorate: "open",
      voterIds: "case_mapped",
      electorateSize: null,
      extensionMinutes: null,
      endsEarly: "never",
      rule: '{"preset":"simple-majority"}',
      revotePolicy: "final",
      opensAt: null,
      closesAt: null,
      shards: 1,
      locationHints: [],
      placement: [],
      expectedWatchers: 0,
      weightMax: 1,
      visibility: "live",
      disclosure: "pseudonymous",
      releaseMin: 10,
      stations: "first_wins",
      smallCellsMin: 0,
      login: null,
      retentionDays: null,
    });
    expect(written.safeParse({}).error?.issues.map(({ path }) => path)).toEqual([["title"]]);
  });

  it("have as voter_id of a login its `sub`, and no region, where nobody says otherwise", () => {
    expect(keep({ login: { issuer: "i" } }).login).toEqual({
      issuer: "i",
      voterClaim: "sub",
      regionClaim: null,
    });
  });

  const region = (index: number) => ({ code: `r${index}` });
  const regions = (count: number) => Array.from({ length: count }, (_, index) => region(index));
  const hints = (count: number) => Array.from({ length: count }, () => "oc");
  const text = (length: number) => "x".repeat(length);
  const size = (more: object) => ({ electorate_size: { voters: 5, ...more } });
  const login = (more: object) => ({ login: { issuer: "i", ...more } });
  const translated = (texts: object[]) => ({ translations: { original: "en", texts } });
  /** Texts in so many languages, of so many characters each. */
  const inLanguages = (count: number, characters: number) =>
    Array.from({ length: count }, (_, index) => ({
      language: `a${String.fromCharCode(97 + index)}`,
      title: "x",
      description: text(characters - 1),
    }));
  const { smallCellsMinMax, claimNameCharactersMax } = limits;

  it.each<[string, object[], object[]]>([
    ["title", [{ title: "x" }, { title: text(500) }], [{ title: "" }, { title: text(501) }]],
    ["description", [{ description: text(5_000) }], [{ description: text(5_001) }]],
    [
      "translations",
      [
        { translations: null },
        translated([]),
        translated(inLanguages(11, 2_727)),
        translated([{ language: "zh-Hant", title: "x" }]),
        translated([{ language: "FR-ca", title: text(500), description: text(5_000) }]),
      ],
      [
        translated(inLanguages(11, 2_728)),
        translated(inLanguages(12, 10)),
        translated([{ language: "en", title: "x" }]),
        translated([
          { language: "fr-CA", title: "x" },
          { language: "fr-ca", title: "y" },
        ]),
        translated([{ language: "fr", title: "" }]),
        translated([{ language: "fr", title: "a\nb" }]),
        translated([{ language: "fr", title: text(501) }]),
        translated([{ language: "fr", title: "x", description: text(5_001) }]),
        translated([{ language: "fr", title: "x", more: 1 }]),
        translated([{ language: "French", title: "x" }]),
        translated([{ language: "", title: "x" }]),
        translated([{ language: "fr-u-nu-latn", title: "x" }]),
        translated([{ language: "fr", description: "x" }]),
        { translations: { original: "en" } },
        { translations: { texts: [] } },
      ],
    ],
    [
      "regions",
      [{ regions: regions(1_000) }],
      [{ regions: regions(1_001) }, { regions: [{ code: "a", more: 1 }] }],
    ],
    [
      "extension",
      [{ extension: { minutes: 1 } }, { extension: { minutes: 10_080 } }, { extension: null }],
      [
        { extension: { minutes: 0 } },
        { extension: { minutes: 10_081 } },
        { extension: { minutes: 1.5 } },
        { extension: {} },
        { extension: { minutes: 1, extended: true, more: 1 } },
      ],
    ],
    [
      "retention",
      [{ retention: { days: 1 } }, { retention: { days: 3_650 } }, { retention: null }],
      [{ retention: { days: 0 } }, { retention: { days: 3_651 } }, { retention: {} }],
    ],
    ["shards", [{ shards: 1 }, { shards: 64 }], [{ shards: 0 }, { shards: 65 }, { shards: 1.5 }]],
    [
      "location_hints",
      [{ location_hints: hints(64) }],
      [{ location_hints: hints(65) }, { location_hints: ["moon"] }],
    ],
    [
      "placement",
      [
        { placement: [] },
        { placement: [{ regions: ["a"] }] },
        { placement: [{ regions: ["a", "b"], location_hint: null, shards: 64 }] },
        { placement: Array.from({ length: 9 }, () => ({ regions: ["a"] })) },
      ],
      [
        { placement: [{ regions: [] }] },
        { placement: [{ regions: ["a"], shards: 0 }] },
        { placement: [{ regions: ["a"], shards: 65 }] },
        { placement: [{ regions: ["a"], location_hint: "moon" }] },
        { placement: [{ regions: ["a"], hints: ["oc"] }] },
        { placement: Array.from({ length: 10 }, () => ({ regions: ["a"] })) },
      ],
    ],
    [
      "expected_watchers",
      [{ expected_watchers: 0 }, { expected_watchers: 10_000 }],
      [{ expected_watchers: -1 }, { expected_watchers: 10_001 }],
    ],
    [
      "weight_max",
      [{ weight_max: 1 }, { weight_max: 10 ** 12 }],
      [{ weight_max: 0 }, { weight_max: 10 ** 12 + 1 }],
    ],
    [
      "release_min",
      [{ release_min: 2 }, { release_min: 1_000 }],
      [{ release_min: 1 }, { release_min: 1_001 }],
    ],
    [
      "small_cells_min",
      [{ small_cells_min: 0 }, { small_cells_min: 2 }, { small_cells_min: smallCellsMinMax }],
      [{ small_cells_min: -1 }, { small_cells_min: 1 }, { small_cells_min: smallCellsMinMax + 1 }],
    ],
    [
      "electorate_size",
      [
        size({}),
        size({ weight: text(0) + "7" }),
        size({ weight: "9".repeat(40) }),
        size({
          regions: [
            { region: "a", voters: 2 },
            { region: "b", voters: 3 },
          ],
        }),
        { electorate_size: null },
      ],
      [
        size({ voters: 0 }),
        size({ weight: "" }),
        size({ weight: "9".repeat(41) }),
        size({ weight: "7x" }),
        size({ weight: "x7" }),
        size({
          regions: [
            { region: "a", voters: 2 },
            { region: "b", voters: 4 },
          ],
        }),
        size({ more: 1 }),
        size({ regions: [{ region: "a", voters: 0 }] }),
      ],
    ],
    [
      "login",
      [
        login({}),
        login({ voter_claim: "x", region_claim: "x" }),
        login({ voter_claim: text(claimNameCharactersMax), region_claim: null }),
      ],
      [
        login({ voter_claim: "" }),
        login({ region_claim: "" }),
        login({ voter_claim: text(claimNameCharactersMax + 1) }),
        login({ more: 1 }),
        { login: {} },
      ],
    ],
    [
      "opens_at",
      [{ opens_at: null }, { opens_at: "2027-03-07T12:00:00+05:30" }],
      [{ opens_at: "2027-03-07T12:00:00" }, { opens_at: 7 }],
    ],
    ["closes_at", [{ closes_at: "2027-03-07T12:00:00-08:00" }], [{ closes_at: "soon" }]],
  ])("are within their bounds: %s", (_, taken, refused) => {
    const isTaken = (members: object) => written.safeParse({ title: "x", ...members }).success;
    expect(taken.map(isTaken)).toEqual(taken.map(() => true));
    expect(refused.map(isTaken)).toEqual(refused.map(() => false));
  });

  it("say in words why they are refused", () => {
    const why = (members: object) =>
      written.safeParse({ title: "x", ...members }).error?.issues.map(({ message }) => message);
    expect(why({ small_cells_min: 1 })).toEqual([
      "0, or at least 2: a cell of one ballot is what is to be hidden",
    ]);
    expect(why(size({ regions: [{ region: "a", voters: 6 }] }))).toEqual([
      "the regions have no more voters than the whole",
    ]);
    expect(why(size({ weight: "x" }))).toEqual(["a whole number in digits"]);
    expect(why({ title: "a\uD800" })).toEqual(["well-formed Unicode without U+0000"]);
    expect(why({ title: "a\nb" })).toEqual(["one line without control characters"]);
    expect(why({ title: "\u200B" })).toEqual(["a name that can be seen, not blanks alone"]);
    expect(why({ title: "a\u202Eb" })).toEqual([
      "no character that turns the direction of writing (U+202A–U+202E, U+2066–U+2069)",
    ]);
    expect(why({ regions: [{ code: "?" }] })).toEqual([
      "letters with their marks, digits, space, comma, apostrophe, dash and . _ : & ( ) /, the first a letter or digit",
    ]);
    expect(why({ regions: [{ code: "no\u200Brth" }] })).toEqual([
      "joiners and zero-width spaces only within words of scripts that use them",
    ]);
    for (const code of ["stream", "socket"]) {
      expect(why({ regions: [{ code }] })).toEqual(["this word is a path of the API"]);
    }
  });

  it("are told in the API's document: an example or what it is, wherever the name does not say it all", () => {
    const { properties = {} } = z.toJSONSchema(written, { io: "input" });
    const plain = new Set(["description", "regions", "revote_policy", "opens_at", "closes_at"]);
    for (const [member, schema] of Object.entries(properties)) {
      if (plain.has(member) || typeof schema === "boolean") continue;
      const { description = "", examples, example } = schema as Record<string, unknown>;
      expect([member, String(description || example || examples)]).toEqual([
        member,
        expect.stringMatching(/\w+ \w+/),
      ]);
    }
  });
});

describe("what is shown of a draft", () => {
  it("has no size of an electorate that a roll counts, and its own form of voter_ids", () => {
    const { electorateSize } = kept;
    const roll = sampleDraft({ electorate: "roll", voterIds: "case_preserved", electorateSize });
    expect(viewDecision(sampleDecision(roll))).toMatchObject({
      electorate_size: null,
      voter_ids: "case_preserved",
    });
    const open = { ...roll, electorate: "open" } as const;
    expect(viewDecision(sampleDecision(open))).toMatchObject({
      electorate_size: electorateSize,
      voter_ids: "case_mapped",
    });
  });

  it("has no member where nothing is set", () => {
    expect(viewDecision(sampleDecision())).toMatchObject({
      electorate_size: null,
      extension: null,
      login: null,
      retention: null,
      opens_at: null,
      closes_at: null,
    });
  });

  it("has the end that an extension has moved, and says that there was one", () => {
    const draft = sampleDraft({ extensionMinutes: 7, closesAt: 1_000 });
    const extended = { ...sampleDecision(draft), extendedTo: 421_000 };
    expect(viewDecision(extended)).toMatchObject({
      extension: { minutes: 7, extended: true },
      closes_at: "1970-01-01T00:07:01.000Z",
    });
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import {
  backwardWindow,
  createDecision,
  decisionsPath,
  readDecision,
  takeStep,
} from "../../../support/worker/decision-calls.ts";
import { cast, tokenFor } from "../../../support/worker/decisions.ts";
import { ownId } from "../../../support/worker/own-id.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";

afterEach(releaseClock);

const freshSlug = () => `d-${crypto.randomUUID()}`;

const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };

describe("creating a decision", () => {
  it("gives the draft with its defaults, and reading it gives the same", async () => {
    const slug = freshSlug();
    const id = ownId(slug);
    const { status, body } = await createDecision({ slug, title: "Plant trees" });
    expect(status).toBe(201);
    expect(body).toEqual({
      id,
      rehearsal: false,
      title: "Plant trees",
      description: "",
      translations: null,
      status: "draft",
      electorate: "open",
      voter_ids: "case_mapped",
      disclosure: "roll_call",
      stations: "first_wins",
      measure: { by: "ballots", units: null },
      showing: { before_close: "counts", releases: null, regions_after_close: null },
      warnings: [],
      electorate_size: null,
      extension: null,
      ends_early: "by_organiser",
      rule: { title: "Simple majority", requirements: [majority] },
      roll: null,
      revote_policy: "final",
      regions: [],
      shards: 1,
      location_hints: [],
      placement: [],
      expected_watchers: 0,
      weight_max: 1,
      visibility: "live",
      release_min: 10,
      small_cells_min: 0,
      login: null,
      map: null,
      opens_at: null,
      closes_at: null,
      closed_at: null,
      certified_at: null,
      forgotten_at: null,
      retention: null,
      created_at: body.created_at,
      manifest_hash: null,
    });
    expect((await readDecision(id)).body).toEqual(body);
  });

  it("again with the same body finds it as it stands, also once it is open", async () => {
    const draft = { slug: freshSlug(), title: "Plant trees", regions: [{ code: "north" }] };
    const first = await createDecision(draft);
    const second = await createDecision(draft);
    expect([second.status, second.body]).toEqual([200, first.body]);
    const opened = await takeStep(ownId(draft.slug), "open");
    const third = await createDecision({ ...draft, description: "" });
    expect([third.status, third.body]).toEqual([200, opened.body]);
  });

  it.each([
    ["title", { title: "Fell trees" }],
    ["regions", { regions: [{ code: "north" }] }],
    ["policy", { revote_policy: "revisable" }],
    ["window", { closes_at: "2099-01-01T00:00:00Z" }],
    ["shards", { shards: 2 }],
  ])(
    "under a slug that is taken, with another %s, is refused and changes nothing",
    async (_, other) => {
      const draft = { slug: freshSlug(), title: "Plant trees" };
      const first = await createDecision(draft);
      const ask = { key: adminKey, body: { ...draft, ...other } };
      await refused("POST", decisionsPath, ask, 409, "decision.exists");
      expect((await readDecision(ownId(draft.slug))).body).toEqual(first.body);
    },
  );

  it("twice at the same moment makes one decision", async () => {
    const draft = { slug: freshSlug(), title: "Plant trees" };
    const answers = await Promise.all([1, 2, 3, 4].map(() => createDecision(draft)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.created_at)).size).toBe(1);
  });

  it("without a slug gives it an id of its own", async () => {
    const draft = { title: "Plant trees" };
    const [one, two] = [await createDecision(draft), await createDecision(draft)];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body.id).not.toBe(two.body.id);
  });

  it.each([
    ["no title", {}, "body.wrong_type"],
    ["an empty title", { title: "" }, "body.invalid"],
    ["a title of 501 characters", { title: "x".repeat(501) }, "body.invalid"],
    ["a description of 5,001 characters", { description: "x".repeat(5_001) }, "body.invalid"],
    ["a region twice", { regions: [{ code: "a" }, { code: "a" }] }, "body.invalid"],
    ["1,001 regions", { regions: manyRegions(1_001) }, "body.invalid"],
    ["65 shards", { shards: 65 }, "body.invalid"],
    ["half a shard", { shards: 1.5 }, "body.wrong_type"],
    ["a location hint that is none", { location_hints: ["moon"] }, "body.invalid"],
    ["an unknown policy", { revote_policy: "sometimes" }, "body.invalid"],
    ["a weight_max of 0", { weight_max: 0 }, "body.invalid"],
    ["a time without a zone", { opens_at: "2027-01-01T00:00:00" }, "body.invalid"],
    ["a day that there is not", { opens_at: "2027-02-30T00:00:00Z" }, "body.invalid"],
    ["a window that ends before it begins", backwardWindow(), "body.invalid"],
    [
      "an empty window",
      { ...backwardWindow(), closes_at: backwardWindow().opens_at },
      "body.invalid",
    ],
    ["a slug of 52 characters", { slug: "x".repeat(52) }, "body.invalid"],
    ["a slug that begins with a hyphen", { slug: "-x" }, "body.invalid"],
    ["an id", { id: "chosen" }, "body.unknown_field"],
    ["a status", { status: "open" }, "body.unknown_field"],
  ])("with %s is refused", async (_, wrong, code) => {
    const title = "title" in wrong || Object.keys(wrong).length === 0 ? {} : { title: "Trees" };
    const ask = { key: adminKey, body: { slug: freshSlug(), ...title, ...wrong } };
    await refused("POST", decisionsPath, ask, 400, code);
    expect((await readDecision(ownId(ask.body.slug))).status).toBe(404);
  });

  it("with a time that says no offset is told so", async () => {
    const bodies = [
      ["2027-01-01T00:00:00", "it has no offset from UTC: add Z, or one such as +02:00"],
      ["soon", "a date and time with its offset from UTC, such as 2027-05-01T18:00:00+02:00"],
    ];
    for (const [closes_at, detail] of bodies) {
      const body = { title: "Trees", closes_at };
      const answer = await send("POST", decisionsPath, { key: adminKey, body });
      const { errors } = await expectProblem(answer, 400, "body.invalid");
      expect(errors).toEqual([{ pointer: "/closes_at", detail }]);
    }
  });

  it("with an end that has passed is refused, drafting and changing alike, and makes nothing", async () => {
    const start = Date.now();
    stopClockAt(start);
    const draft = { slug: freshSlug(), title: "Trees", closes_at: iso(start + 1) };
    expect((await createDecision(draft)).status).toBe(201);
    const other = { slug: freshSlug(), title: "Trees", closes_at: iso(start) };
    for (const [method, path, body] of [
      ["POST", decisionsPath, other],
      ["PATCH", `${decisionsPath}/${ownId(draft.slug)}`, { closes_at: iso(start) }],
    ] as const) {
      const answer = await send(method, path, { key: adminKey, body });
      const { errors } = await expectProblem(answer, 409, "decision.window_passed");
      expect(errors?.map(({ pointer }) => pointer)).toEqual(["/closes_at"]);
    }
    expect((await readDecision(ownId(other.slug))).status).toBe(404);
    stopClockAt(start + 1);
    // Whoever got no answer asks again, and finds what was made in time.
    expect((await createDecision(draft)).status).toBe(200);
  });

  it("takes the most that the limits allow", async () => {
    const most = {
      slug: "x".repeat(15) + crypto.randomUUID(),
      title: "x".repeat(500),
      description: "y".repeat(5_000),
      regions: manyRegions(1_000),
      shards: 64,
      weight_max: 1_000_000_000_000,
    };
    expect((await createDecision(most)).status).toBe(201);
  });
});

describe("creating a decision that is opened in the same step", () => {
  const draftOf = (more: object = {}) => ({ slug: freshSlug(), title: "Plant trees", ...more });

  it("opens it: votes count at once, and both entries are recorded", async () => {
    const draft = draftOf({ regions: [{ code: "north" }] });
    const { status, body } = await createDecision({ ...draft, open: true });
    expect([status, body.status]).toEqual([201, "open"]);
    expect((await readDecision(ownId(draft.slug))).body).toEqual(body);
    const voted = await cast(ownId(draft.slug), await tokenFor(ownId(draft.slug), "ana"), "yes");
    expect(voted.status).toBe(201);
    const path = `${decisionsPath}/${ownId(draft.slug)}/audit-log`;
    const { entries } = (
      await api<{ entries: { action: string }[] }>("GET", path, { key: adminKey })
    ).body;
    expect(entries.map(({ action }) => action).slice(0, 2)).toEqual([
      "decision.created",
      "decision.opened",
    ]);
  });

  it("again finds it as it stands, whether open or closed", async () => {
    const asked = { ...draftOf(), open: true };
    const first = await createDecision(asked);
    const again = await createDecision(asked);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const closed = await takeStep(ownId(asked.slug), "close");
    const late = await createDecision(asked);
    expect([late.status, late.body]).toEqual([200, closed.body]);
  });

  it("opens what was only drafted before", async () => {
    const draft = draftOf();
    await createDecision(draft);
    const { status, body } = await createDecision({ ...draft, open: true });
    expect([status, body.status]).toEqual([200, "open"]);
  });

  it("waits for the window, where that begins later", async () => {
    const draft = draftOf({ opens_at: "2099-01-01T00:00:00Z" });
    expect((await createDecision({ ...draft, open: true })).body.status).toBe("scheduled");
  });

  it.each([
    ["roll.missing", { electorate: "roll" }],
    ["decision.window_passed", { closes_at: "2020-01-01T00:00:00Z" }],
    ["decision.no_end", { ends_early: "never" }],
  ])("is refused as a whole with %s", async (code, more) => {
    const draft = draftOf(more);
    const ask = { key: adminKey, body: { ...draft, open: true } };
    await refused("POST", decisionsPath, ask, 409, code);
    expect((await readDecision(ownId(draft.slug))).status).toBe(404);
    const drafted = code === "decision.window_passed" ? 409 : 201;
    expect((await createDecision(draft)).status).toBe(drafted);
  });
});

function manyRegions(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    code: `r${index}`,
    name: String(index).padStart(200, "n"),
  }));
}

import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import {
  amendDecision,
  decisionsPath,
  readDecision,
  takeStep,
} from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { draftWithRoll, putRoll } from "../../../support/worker/rolls.ts";
import { expectProblem } from "../../../support/worker/problems.ts";

const ofTheEligible = {
  requirements: [
    { id: "quorum", quorum: true, count: "cast", at_least: "1/2", of: "eligible" },
    { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] },
  ],
};
const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };
const states = (...names: string[]) => ({
  tables: { seats: Object.fromEntries(names.map((name) => [name, 1])) },
  requirements: [
    { id: "states", count: { units: "regions", weigh: "seats", that: "for" }, more_than: 1 },
  ],
});
const perRegion = {
  requirements: [
    { id: "each", each: "regions", meets: { count: "cast", at_least: "1/2", of: "eligible" } },
  ],
};

function create(more: Record<string, unknown>) {
  const body = {
    title: "Protect the wetland",
    regions: [{ code: "north" }, { code: "south" }],
    ...more,
  };
  return send("POST", decisionsPath, { key: adminKey, body });
}

describe("the rule of a decision", () => {
  it("is the simple majority where none is given", async () => {
    const { body } = await readDecision(await draftDecision());
    expect(body).toMatchObject({ rule: { title: "Simple majority" }, electorate_size: null });
  });

  it("is written out where a preset is named, with tables in place of its own", async () => {
    const tables = { cantonal_votes: { north: 1, south: "1/2" } };
    const rule = { preset: "swiss-double-majority", tables };
    const { body } = await readDecision(await draftDecision({ rule }));
    expect(body).toMatchObject({ rule: { title: "Switzerland, people and cantons", tables } });
  });

  it.each([
    [
      "a casting vote, which no decision can take",
      { requirements: [majority], on_tie: "casting_vote" },
      "/rule/on_tie",
      "casting vote",
    ],
    ["no requirement", { title: "Ours" }, "/rule/requirements", "missing"],
    [
      "a fault inside",
      { requirements: [{ id: "a", count: "yes", more_than: 0.5 }] },
      "/rule/requirements/0/more_than",
      "needed here",
    ],
    ["no such preset", { preset: "majority-of-one" }, "/rule/preset", "no such preset"],
    [
      "more beside a preset than it takes",
      { preset: "simple-majority", title: "Ours" },
      "/rule/title",
      "preset",
    ],
    ["the eligible, whom nobody counted", ofTheEligible, "/rule/requirements/0", "electorate_size"],
    [
      "a region that there is not",
      { preset: "iucn-two-houses" },
      "/rule/requirements/0",
      "no region A",
    ],
    ["a table that lacks a region", states("north"), "/rule/requirements/0", "no weight for south"],
  ])("is refused with its place and its reason: %s", async (_, rule, pointer, reason) => {
    const problem = await expectProblem(await create({ rule }), 422, "rule.invalid");
    expect(problem.errors).toEqual([{ pointer, detail: expect.stringContaining(reason) }]);
  });

  it("may count the eligible where there is a roll, or where their number is stated", async () => {
    expect((await create({ rule: ofTheEligible, electorate: "roll" })).status).toBe(201);
    const stated = { rule: ofTheEligible, electorate_size: { voters: 10 } };
    expect((await create(stated)).status).toBe(201);
  });

  it("that counts the eligible of each region needs the size of each", async () => {
    const size = { voters: 10, regions: [{ region: "north", voters: 4 }] };
    const part = await create({ rule: perRegion, electorate_size: size });
    const { errors } = await expectProblem(part, 422, "rule.invalid");
    expect(errors?.[0]?.detail).toContain("nothing of south");
    const whole = { ...size, regions: [...size.regions, { region: "south", voters: 6 }] };
    expect((await create({ rule: perRegion, electorate_size: whole })).status).toBe(201);
  });

  it("that counts regions is refused to a decision that has none", async () => {
    const answer = await create({ rule: states("north", "south"), regions: [] });
    expect((await expectProblem(answer, 422, "rule.invalid")).errors).toHaveLength(1);
  });

  it("is checked again when the draft changes, and stays as it was when the change is refused", async () => {
    const id = await draftDecision({ rule: states("north", "south") });
    const regions = [{ code: "north" }, { code: "east" }];
    const answer = await send("PATCH", `${decisionsPath}/${id}`, {
      key: adminKey,
      body: { regions },
    });
    const { errors } = await expectProblem(answer, 422, "rule.invalid");
    expect(errors).toEqual([
      { pointer: "/rule/requirements/0", detail: "the table seats has no weight for east" },
    ]);
    expect((await readDecision(id)).body).toMatchObject({
      regions: [{ code: "north" }, { code: "south" }],
    });
    const both = { regions, rule: states("north", "east") };
    expect((await amendDecision(id, both)).body).toMatchObject({ rule: both.rule });
  });
});

describe("what is said of a decision's rule", () => {
  type Noted = { measure: object; warnings: { code: string; pointer: string }[] };
  const notesOf = async (response: Response) => {
    const { measure, warnings } = await response.json<Noted>();
    return [measure, warnings.map(({ code, pointer }) => [code, pointer])];
  };

  it("is what its board is to be drawn in, and that it counts heads of weighted ballots", async () => {
    const drafted = await create({ weight_max: 500 });
    expect(await notesOf(drafted)).toEqual([
      { by: "ballots", units: null },
      [["rule.heads_of_weighted_ballots", "/rule/requirements/0"]],
    ]);
    const byWeight = { counting: "weight", requirements: [majority] };
    const other = await create({ weight_max: 500, rule: byWeight });
    expect(await notesOf(other)).toEqual([{ by: "weight", units: null }, []]);
  });

  it("is known of a roll once it is there", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const weighted = "voter_id,region,weight\nana,north,1\nben,south,900";
    expect((await readDecision(id)).body).toMatchObject({ warnings: [] });
    await putRoll(id, weighted);
    const warnings = [{ code: "rule.heads_of_weighted_ballots" }];
    expect((await readDecision(id)).body).toMatchObject({ warnings });
  });

  it("is read by clauses, with an ETag once it is opened", async () => {
    const id = await draftDecision({ rule: ofTheEligible, electorate_size: { voters: 90 } });
    const path = `${decisionsPath}/${id}/rule`;
    const drafted = await send("GET", path, { key: adminKey });
    expect(drafted.headers.get("etag")).toBeNull();
    expect((await send("GET", path)).status).toBe(404);
    await takeStep(id, "open");
    const read = await send("GET", path, { afresh: true });
    const etag = read.headers.get("etag") ?? "";
    const votes = { type: "votes", by: "ballots", less: [] };
    expect(await read.json()).toMatchObject({
      decision_id: id,
      rule: ofTheEligible,
      measure: { by: "ballots", units: null },
      warnings: [],
      description: {
        on_tie: "tie",
        requirements: [
          {
            id: "quorum",
            quorum: true,
            clause: {
              type: "compare",
              count: { ...votes, plus: ["cast"] },
              bound: "at_least",
              figure: "1/2",
              of: { ...votes, plus: ["eligible"] },
              rounded: null,
            },
            deemed_met_when: null,
          },
          { id: "majority", quorum: false, clause: { bound: "more_than", figure: "1/2" } },
        ],
      },
    });
    const again = await send("GET", path, { headers: { "if-none-match": etag } });
    expect([again.status, etag]).toEqual([304, expect.stringMatching(/^"[0-9a-f]{64}"$/)]);
  });
});

describe("the manifest of a decision", () => {
  it("is public, and its bytes are what its hash was made of", async () => {
    const id = await draftWithRoll("voter_id,region\nada,north\n", {
      rule: { tables: { seats: { "10": 1, "9": 2, otherwise: 1 } }, ...ofTheEligible },
    });
    const asked = await send("GET", `${decisionsPath}/${id}/manifest`, { key: adminKey });
    await expectProblem(asked, 409, "manifest.none");
    const { body } = await takeStep(id, "open");
    const answer = await send("GET", `${decisionsPath}/${id}/manifest`);
    const text = await answer.text();
    expect(sha256Hex(text)).toBe(body.manifest_hash);
    expect(text).toContain('"seats":{"10":1,"9":2,"otherwise":1}');
    expect(JSON.parse(text)).toMatchObject({
      decisionId: id,
      rule: ofTheEligible,
      roll: { voters: 1 },
    });
    const etag = answer.headers.get("etag") ?? "";
    const again = await send("GET", `${decisionsPath}/${id}/manifest`, {
      headers: { "if-none-match": etag },
    });
    expect(again.status).toBe(304);
  });
});

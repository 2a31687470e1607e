import { describe, expect, it } from "vitest";
import { worstRules } from "../../../../bench/rules/worst-rules.ts";
import vectors from "../../../data/decision-rules.json";
import { iwcOutcome } from "../../../../src/http/contract/rule-example.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { api, send } from "../../../support/worker/api.ts";
import { refused } from "../../../support/worker/problems.ts";

const path = "/api/v1/rules/evaluate";

type Requirement = { id: string; met: boolean; needed: string; share: string; sentence: string };
type Answer = { outcome: string; if_closed_now: string; requirements: Requirement[] };
type Presets = {
  items: {
    name: string;
    sources: { url: string }[];
    rule: { groups?: Record<string, string[]> };
  }[];
};

const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };

/** A rule with all of its requirements twice. */
function twice({ requirements, ...rest }: Readonly<Record<string, unknown>>) {
  const list = requirements as { id: string }[];
  return { ...rest, requirements: [...list, ...list.map((one) => ({ ...one, id: `${one.id}b` }))] };
}

function evaluate(body: object) {
  return api<Answer>("POST", path, { body });
}

describe("evaluating a rule on a tally", () => {
  it("gives the outcome with what each requirement needed, in a sentence", async () => {
    const { status, body } = await evaluate({
      preset: "iwc-three-quarters",
      tally: { yes: 40, no: 14, abstain: 3 },
    });
    expect(status).toBe(200);
    expect(body.outcome).toBe("not_carried");
    expect(body.requirements).toMatchObject([
      {
        id: "three_quarters",
        met: false,
        needed: "41",
        share: "20/27",
        sentence: "Yes: 40 of 54 (yes and no); needed at least 3/4, that is 41: not met.",
      },
    ]);
  });

  it("takes a rule of one's own, and figures past 2^53 as text", async () => {
    const half = "45000000000000000000000";
    const rule = { counting: "weight", requirements: [majority] };
    const yes = { ballots: 3, weight: `${half.slice(0, -1)}1` };
    const { body } = await evaluate({ rule, tally: { yes, no: { ballots: 9, weight: half } } });
    expect(body.outcome).toBe("carried");
  });

  it("sums the regions, and takes what the whole alone knows from the tally", async () => {
    const { body } = await evaluate({
      preset: "turnout-quorum-referendum",
      tally: { eligible: 10 },
      regions: [
        { region: "north", yes: 3, no: 1 },
        { region: "south", yes: 1 },
      ],
    });
    expect(body.outcome).toBe("no_quorum");
    expect(body.requirements[0]?.sentence).toBe(
      "Cast: 5 of 10 (eligible); needed more than 1/2, that is 6: not met.",
    );
  });

  it("says of an open vote that it is undecided, and what it would be", async () => {
    const asked = { preset: "simple-majority", tally: { yes: 2, no: 1 }, closed: false };
    expect((await evaluate(asked)).body).toMatchObject({
      outcome: "undecided",
      if_closed_now: "carried",
    });
  });

  it("says of an open vote what would carry it and where, and that it is not decided", async () => {
    const groups = { states: ["a", "b"] };
    const each = { id: "each", each: "states", meets: "for" };
    const { body } = await evaluate({
      rule: { groups, requirements: [each] },
      closed: false,
      regions: [
        { region: "a", yes: 2, no: 3, eligible: 9 },
        { region: "b", yes: 1, eligible: 2 },
      ],
    });
    expect(body).toMatchObject({
      outcome: "undecided",
      forecast: {
        certainty: "open",
        further_yes: { votes: "2", at_least: "2", exact: true, regions: [{ region: "a" }] },
      },
    });
  });

  it("says after the close how few votes would have changed it", async () => {
    const { body } = await evaluate({
      preset: "iwc-three-quarters",
      tally: { yes: 40, no: 14, abstain: 3 },
    });
    expect(body).toMatchObject({
      forecast: { certainty: "lost", no_to_yes: { votes: "1", exact: true } },
    });
  });

  it("warns where it counts heads of figures that are given by weight", async () => {
    const count = (ballots: number, weight: number) => ({ ballots, weight });
    const tally = { yes: count(3, 998), no: count(4, 4) };
    const { body } = await api("POST", "/api/v1/rules/evaluate", {
      body: { preset: "simple-majority", tally },
    });
    expect(body).toMatchObject({
      outcome: "not_carried",
      measure: { by: "ballots", units: null },
      warnings: [{ code: "rule.heads_of_weighted_ballots", pointer: "/preset" }],
    });
  });

  it("shows in its documentation what it really answers", async () => {
    const { body } = await evaluate({
      preset: "iwc-three-quarters",
      tally: { yes: 40, no: 14, abstain: 3 },
    });
    expect(body).toEqual(iwcOutcome);
  });

  it("takes another table than the rule's own", async () => {
    const { body } = await evaluate({
      preset: "swiss-double-majority",
      tables: { cantonal_votes: { UR: 1, GE: 3 } },
      regions: [
        { region: "UR", yes: 9 },
        { region: "GE", no: 1 },
      ],
    });
    expect(body.outcome).toBe("not_carried");
  });

  it("refuses a rule with every place that is wrong in it, and why", async () => {
    const rule = {
      requirements: [
        { ...majority, more_than: "1/0" },
        { ...majority, id: "second", of: ["yes", "maybe"] },
      ],
    };
    const body = { rule, tally: { yes: 1 } };
    const problem = await refused("POST", path, { body }, 422, "rule.invalid");
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual([
      "/rule/requirements/0/more_than",
      "/rule/requirements/1/of/1",
    ]);
  });

  it("names the figure that a rule counts by and nobody gave", async () => {
    const body = { preset: "absolute-majority", tally: { yes: 1 } };
    const problem = await refused("POST", path, { body }, 422, "rule.figure_missing");
    expect(problem.errors).toMatchObject([{ pointer: "/tally/eligible" }]);
  });

  it.each([
    ["neither a rule nor a preset", { tally: { yes: 1 } }, 400, "body.invalid"],
    ["a rule and a preset", { rule: {}, preset: "x", tally: {} }, 400, "body.invalid"],
    ["a preset that there is not", { preset: "x", tally: {} }, 404, "rule.preset_not_found"],
    ["no figures", { preset: "simple-majority" }, 400, "body.invalid"],
    ["a negative count", { preset: "simple-majority", tally: { yes: -1 } }, 400, "body.invalid"],
    ["an unknown kind", { preset: "simple-majority", tally: { ja: 1 } }, 400, "body.unknown_field"],
    [
      "a region twice",
      { preset: "simple-majority", regions: [{ region: "a" }, { region: "a" }] },
      400,
      "body.invalid",
    ],
  ])("refuses a request with %s", async (_, body, status, code) => {
    await refused("POST", path, { body }, status, code);
  });

  it.each(["any of two weighed, six times", "fixed shares of chambers, long figures"])(
    "refuses what takes too much work, and says what to do: %s",
    async (name) => {
      const worst = worstRules().find((one) => one.name === name);
      if (worst === undefined) throw new Error(name);
      const regions = [...worst.input.regions].map(([region, { yes, no, abstain }]) => ({
        region,
        yes: String(yes.ballots),
        no: String(no.ballots),
        abstain: String(abstain.ballots),
      }));
      const body = { rule: twice(worst.document), regions };
      const problem = await refused("POST", path, { body }, 422, "rule.too_much_work");
      expect(problem.detail).toContain("Give fewer regions");
    },
  );

  it("answers with the outcome where a forecast needs a figure that nobody gave", async () => {
    const later = { count: { units: ["a", "b"], that: "for", weigh: "eligible" }, at_least: 1 };
    const count = { units: ["a"], that: { all: ["for", later] } };
    const { status, body } = await api<{ outcome: string; forecast: object }>("POST", path, {
      body: {
        rule: { requirements: [{ id: "a", count, at_least: 1 }] },
        regions: [{ region: "a", no: 1, eligible: 9 }],
        closed: false,
      },
    });
    expect(status).toBe(200);
    expect(body.outcome).toBe("undecided");
    expect(body.forecast).toMatchObject({
      certainty: "open",
      further_yes: { result: "unknown", reason: "figure_missing" },
    });
  });

  it("refuses a body beyond its limit", async () => {
    const text = JSON.stringify({ preset: " ".repeat(limits.ruleBytesMax) });
    await refused("POST", path, { text }, 413, "body.too_large");
  });
});

describe("the presets", () => {
  it("each come with sources, and can be evaluated on a tally", async () => {
    const { body } = await api<Presets>("GET", "/api/v1/rules/presets");
    expect(body.items.length).toBeGreaterThanOrEqual(10);
    for (const { name, sources, rule } of body.items) {
      expect(sources.length, name).toBeGreaterThan(0);
      const tally = { yes: 9, no: 1, eligible: 12 };
      const groups = rule.groups ?? {};
      const codes = Object.values(groups).flat();
      const names = [...new Set(codes)].filter((code) => !Object.hasOwn(groups, code));
      const regions = names.map((region) => ({ region, ...tally }));
      const figures = regions.length === 0 ? { tally } : { regions };
      const response = await send("POST", path, { body: { preset: name, ...figures } });
      expect(response.status, name).toBe(200);
    }
  });
});

/** Votes whose size forbids casting them one by one: their published figures, through the route. */
describe("votes of millions come to their published outcome", () => {
  it("Australia 1977: the electors agree, three of six states do not suffice", async () => {
    const { regions = [] } = vector("Australia");
    const { body } = await evaluate({
      preset: "australian-double-majority",
      regions: regions.map(({ code, yes, no, informal, eligible }) => ({
        region: code,
        yes,
        no,
        invalid: informal,
        eligible,
      })),
    });
    expect(body.outcome).toBe("not_carried");
    expect(body.requirements).toMatchObject([
      { id: "people", met: true, actual: "4648407" },
      { id: "states", met: false, actual: "3", needed: "4" },
    ]);
  });

  it("Italy 2011: the turnout suffices, and nuclear power is repealed", async () => {
    const { eligible = 0, voters = 0 } = vector("Italy").tally ?? {};
    // The file gives the share of yes among the valid votes alone; a million blank and void ones stand in for those that are not counted out.
    const valid = voters - 1_000_000;
    const yes = Math.round((valid * 9_405) / 10_000);
    const tally = { yes, no: valid - yes, blank: 400_000, invalid: 600_000, eligible };
    const { body } = await evaluate({ preset: "turnout-quorum-referendum", tally });
    expect(body.outcome).toBe("carried");
    expect(body.requirements[0]).toMatchObject({ id: "turnout", met: true, needed: "25209345" });
  });

  it("Florida 2016: a majority of millions is not sixty of a hundred", async () => {
    const { yes = 0, no = 0 } = vector("Florida").tally ?? {};
    const sixty = { id: "sixty", count: "yes", at_least: "3/5", of: ["yes", "no"] };
    const { body } = await evaluate({ rule: { requirements: [sixty] }, tally: { yes, no } });
    expect(body.outcome).toBe("not_carried");
    expect(body.requirements[0]).toMatchObject({ base: "8979470", needed: "5387682" });
  });
});

type Vector = {
  name: string;
  regions?: { code: string; eligible: number; yes: number; no: number; informal: number }[];
  tally?: { yes?: number; no?: number; eligible?: number; voters?: number };
};

function vector(start: string): Vector {
  // The file holds votes of several shapes; each test reads the members of its own.
  const found = (vectors as Vector[]).find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no vector ${start}`);
  return found;
}

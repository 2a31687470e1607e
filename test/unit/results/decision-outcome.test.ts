import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { moveTally } from "../../../src/ballot/tally.ts";
import type { Manifest } from "../../../src/decision/decision.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import type { Roll } from "../../../src/decision/roll.ts";
import {
  evaluateResult,
  isDecided,
  isQuorate,
  ruleInput,
  ruleOf,
} from "../../../src/results/decision-outcome.ts";
import { finalOutcome, liveOutcome } from "../../../src/results/outcome-answer.ts";
import { publicResult } from "../../../src/results/public-result.ts";
import { viewRegionResult, viewResult } from "../../../src/results/result-json.ts";
import { mergeResult, type DecisionResult } from "../../../src/results/result.ts";
import { lastSealOf, type ShardSnapshot } from "../../../src/results/shard-snapshot.ts";
import { showResult } from "../../../src/results/shown-result.ts";
import { sampleDecision } from "../../support/sample-draft.ts";

const rule = {
  title: "People and regions",
  requirements: [
    { id: "quorum", quorum: true, count: "cast", at_least: 5 },
    { id: "people", count: "yes", more_than: "1/2", of: ["yes", "no"] },
    { id: "regions", count: { units: "regions", that: "for" }, at_least: 2 },
  ],
};
const regions = ["north", "south", "east"];
const roll: Roll = {
  import: 1,
  hash: "whole",
  voters: 12,
  weight: "24",
  regions: regions.map((region) => ({ region, voters: 4, weight: "8" })),
  fewestAlike: [],
  shardHashes: ["first"],
  isInRoom: false,
  voterIds: "case_mapped",
};

function manifestOf(given: Partial<Manifest> = {}): Manifest {
  return {
    ...freezeManifest(sampleDecision(), null, 0),
    shardMap: [{ locationHint: null }],
    regions: regions.map((code) => ({ code, name: code })),
    rule: canonicalJson(rule),
    roll: null,
    ...given,
  };
}

type Votes = Record<string, [yes: number, no: number]>;

function snapshotOf(votes: Votes, more: Partial<ShardSnapshot> = {}): ShardSnapshot {
  const ballots = Object.entries(votes).flatMap(([region, [yes, no]]) => [
    ...Array.from({ length: yes }, () => ({ choice: "yes" as const, region, weight: 2 })),
    ...Array.from({ length: no }, () => ({ choice: "no" as const, region, weight: 2 })),
  ]);
  const tally = moveTally(new Map(), ballots, []);
  return { shard: 0, seq: ballots.length, tally, takenAt: 1_000, isSealed: false, ...more };
}

/** The result of a decision with these votes, each of the weight 2. */
function resultOf(manifest: Manifest, votes: Votes, isSealed = false): DecisionResult {
  const decision = {
    id: manifest.decisionId,
    status: isSealed ? ("closed" as const) : ("open" as const),
    regions: manifest.regions.map(({ code }) => code),
    roll: manifest.roll,
    visibility: manifest.visibility,
    exposure: { kind: "all" as const },
  };
  return mergeResult(decision, [snapshotOf(votes, { isSealed })], 1_000);
}

const carried: Votes = { north: [3, 1], south: [2, 0], east: [0, 1] };

describe("what a decision's rule says of its result", () => {
  it("is open while votes may come, and the outcome once all shards are sealed", () => {
    const manifest = manifestOf();
    expect(evaluateResult(manifest, resultOf(manifest, carried), null)).toMatchObject({
      outcome: "undecided",
      if_closed_now: "carried",
      requirements: [
        { id: "quorum", quorum: true, met: true },
        { id: "people", met: true },
        { id: "regions", met: true },
      ],
    });
    const closed = evaluateResult(manifest, resultOf(manifest, carried, true), null);
    expect(closed.outcome).toBe("carried");
    const even = resultOf(manifest, { north: [3, 3] }, true);
    expect(evaluateResult(manifest, even, null).outcome).toBe("not_carried");
    expect(evaluateResult(manifest, resultOf(manifest, {}, true), null).outcome).toBe("no_quorum");
  });

  it("comes with what it was computed from: rule, electorate and tally", () => {
    const manifest = manifestOf({ roll, electorate: "roll" });
    const view = evaluateResult(manifest, resultOf(manifest, carried), null);
    expect(view.rule).toMatchObject(rule);
    expect(view.electorate).toEqual({ voters: 12, weight: "24", regions: roll.regions });
    expect(view.tally).toMatchObject({
      total: { ballots: 7, weight: "14" },
      regions: [
        { region: "north", ballots: 4, yes: { ballots: 3, weight: "6" } },
        { region: "south", ballots: 2 },
        { region: "east", ballots: 1 },
      ],
    });
    const open = manifestOf();
    expect(evaluateResult(open, resultOf(open, carried), null).electorate).toBeNull();
  });

  it("does not say of hidden regions how each voted, nor where votes are missing", () => {
    const manifest = manifestOf();
    const view = evaluateResult(manifest, resultOf(manifest, carried), ["north"]);
    expect(view.tally.regions.map(({ region }) => region)).toEqual(["north"]);
    expect(view.tally.total).toMatchObject({ ballots: 7 });
    const units = view.requirements.flatMap((requirement) =>
      requirement.units.map(({ unit }) => unit),
    );
    expect(units).toEqual(["north"]);
    // How many regions are for it is told all the same.
    expect(view.requirements[2]).toMatchObject({ met: true, actual: "2", missed: "1" });
    expect(view.forecast).toBeNull();
    const all = evaluateResult(manifest, resultOf(manifest, carried), null);
    expect(all.requirements[2]?.units.map(({ unit }) => unit)).toEqual(regions);
    expect(all.forecast).not.toBeNull();
  });

  it("hides them in the parts of a requirement and in its clause too", () => {
    const counted = { count: { units: "regions", that: "for" }, at_least: 1 };
    const either = { title: "Either", requirements: [{ id: "either", any: [counted, counted] }] };
    const manifest = manifestOf({ rule: canonicalJson(either) });
    const view = evaluateResult(manifest, resultOf(manifest, carried), ["north"]);
    const [requirement] = view.requirements;
    const parts = requirement?.parts.map((part) => part.units.map(({ unit }) => unit));
    expect(parts).toEqual([["north"], ["north"]]);
    expect(requirement?.clause).toBeNull();
  });

  it("is the same however the voters of hidden regions have voted, where every test is met as before", () => {
    const document = {
      title: "Everything that looks at regions",
      groups: { coast: ["south", "east"], all: ["north", "south", "east"] },
      tables: { seats: { north: 5, south: 3, east: 2 } },
      requirements: [
        { id: "people", count: "yes", more_than: "1/2", of: ["yes", "no"] },
        { id: "units", count: { units: "regions", that: "for" }, at_least: 2 },
        { id: "weighed", count: { units: "regions", weigh: "seats", that: "for" }, at_least: 6 },
        {
          id: "shares",
          count: { shares: "seats", ballots: "yes", of_each: ["yes", "no"] },
          at_least: 1,
        },
        { id: "each", each: ["north", "south"], meets: "for" },
        { id: "coast", within: "coast", count: "yes", at_least: 1 },
        { id: "one", within: "south", count: "yes", at_least: 1 },
        { id: "not", not: { within: "east", count: "yes", at_least: 5 } },
        {
          id: "either",
          any: [
            { within: "south", count: "no", at_most: 3 },
            { count: { ballots: "yes", within: "coast" }, at_least: 1 },
          ],
        },
      ],
    };
    const manifest = manifestOf({ rule: canonicalJson(document) });
    const one = resultOf(manifest, { north: [3, 1], south: [3, 1], east: [1, 3] }, true);
    const other = resultOf(manifest, { north: [3, 1], south: [4, 0], east: [0, 4] }, true);
    const viewOf = (result: DecisionResult, shown: readonly string[] | null) =>
      evaluateResult(manifest, result, shown);
    expect(viewOf(other, ["north"])).toEqual(viewOf(one, ["north"]));
    expect(viewOf(other, [])).toEqual(viewOf(one, []));
    // Every requirement that looks at regions is told apart where they are shown.
    const pairs = viewOf(one, null).requirements.map((requirement, index) => ({
      requirement,
      hidden: viewOf(one, ["north"]).requirements[index],
    }));
    const asBefore = pairs.filter(({ requirement, hidden }) =>
      isDeepStrictEqual(requirement, hidden),
    );
    expect(asBefore.map(({ requirement }) => requirement.id)).toEqual(["people"]);
    // What counts units alone says how many; what sums votes or weights says no figure.
    const figures = viewOf(one, ["north"]).requirements.map(({ id, actual }) => [id, actual]);
    expect(Object.fromEntries(figures)).toEqual({
      people: "7",
      units: "2",
      weighed: null,
      shares: null,
      each: "2",
      coast: null,
      one: null,
      not: null,
      either: null,
    });
  });

  it("takes a region whose figures are not known yet as one in which nobody voted", () => {
    const manifest = manifestOf();
    const result = resultOf(manifest, carried);
    const some = new Map([...result.regions].filter(([code]) => code === "north"));
    const known = { ...result, regions: some, total: some.get("north") ?? result.total };
    const view = evaluateResult(manifest, known, null);
    expect(view.tally.regions.map(({ region }) => region)).toEqual(["north"]);
    expect(view.requirements[2]).toMatchObject({ actual: "1", missed: "2" });
  });
});

describe("a quorum", () => {
  it("is reached when each requirement that is one is met, whatever the others are", () => {
    const manifest = manifestOf();
    const tallyOf = (no: number) => resultOf(manifest, { north: [0, no] }).regions;
    expect(isQuorate(manifest, [tallyOf(4)])).toBe(false);
    expect(isQuorate(manifest, [tallyOf(5)])).toBe(true);
    // The votes of several shards are one sum.
    expect(isQuorate(manifest, [tallyOf(2), tallyOf(2)])).toBe(false);
    expect(isQuorate(manifest, [tallyOf(2), tallyOf(3)])).toBe(true);
  });
});

describe("whether a decision is decided before its end", () => {
  const onRoll = { roll, electorate: "roll", revotePolicy: "final" } as const;
  /** Seven of twelve: what the five others say changes nothing. */
  const certain: Votes = { north: [4, 0], south: [4, 0], east: [0, 0] };

  it("rests on a roll and on votes that stay", () => {
    const bound = manifestOf(onRoll);
    expect(isDecided(bound, resultOf(bound, certain))).toBe(true);
    const revisable = manifestOf({ ...onRoll, revotePolicy: "revisable" });
    expect(isDecided(revisable, resultOf(revisable, certain))).toBe(false);
    const { voters, weight, regions: figures } = roll;
    const electorateSize = { voters, weight, regions: figures };
    const stated = manifestOf({ revotePolicy: "final", electorateSize });
    expect(isDecided(stated, resultOf(stated, certain))).toBe(false);
    expect(evaluateResult(bound, resultOf(bound, certain), null).forecast?.certainty).toBe(
      "carried",
    );
    expect(evaluateResult(stated, resultOf(stated, certain), null).forecast?.certainty).toBe(
      "open",
    );
  });

  it("is open while votes to come can change the outcome, and where nobody knows how many may come", () => {
    const bound = manifestOf(onRoll);
    expect(isDecided(bound, resultOf(bound, carried))).toBe(false);
    const open = manifestOf();
    expect(isDecided(open, resultOf(open, certain))).toBe(false);
  });
});

describe("the input of a rule", () => {
  it("has the eligible of each region beside its votes", () => {
    const manifest = manifestOf({ roll });
    const input = ruleInput(manifest, resultOf(manifest, carried, true));
    expect(input.isClosed).toBe(true);
    expect(input.total?.eligible).toEqual({ ballots: 12, weight: 24n });
    expect(input.regions.get("north")).toMatchObject({
      yes: { ballots: 3, weight: 6n },
      eligible: { ballots: 4, weight: 8n },
    });
    expect([...input.regions.keys()]).toEqual(regions);
  });

  it("is one nameless region where the decision has none, and has no eligible in an open electorate", () => {
    const manifest = manifestOf({ regions: [] });
    const input = ruleInput(manifest, resultOf(manifest, { "": [2, 1] }));
    expect([...input.regions.keys()]).toEqual([""]);
    expect(input.regions.get("")?.yes).toEqual({ ballots: 2, weight: 4n });
    expect(input.regions.get("")).not.toHaveProperty("eligible");
    expect(input).not.toHaveProperty("total");
  });

  it("has its rule parsed once for a manifest", () => {
    const manifest = manifestOf();
    expect(ruleOf(manifest)).toBe(ruleOf(manifest));
    expect(ruleOf(manifest)).toEqual(ruleOf(manifestOf()));
  });
});

describe("the answer with an outcome", () => {
  const tokens = { issued: 2, reissued: 1, revoked: 0 };

  it("of an open decision says its age anew each time, never less than none", () => {
    const manifest = manifestOf();
    const result = { ...resultOf(manifest, carried), tokens };
    const answer = liveOutcome(manifest, "hash", publicResult(result));
    expect(JSON.parse(answer(1_250))).toEqual({
      decision_id: "delta",
      title: manifest.title,
      opened_at: new Date(manifest.opensAt).toISOString(),
      closed_at: null,
      certified_at: null,
      version: result.version,
      final: false,
      as_of: new Date(1_000).toISOString(),
      age_ms: 250,
      manifest_hash: "hash",
      ...evaluateResult(manifest, result, null),
      tokens,
      seals: [],
    });
    expect(JSON.parse(answer(900))).toMatchObject({ age_ms: 0 });
  });

  it("of a closed one does not age, and names every seal in the order of shards", () => {
    const shardMap = [{ locationHint: null }, { locationHint: null }];
    const manifest = manifestOf({ shardMap });
    const result = { ...resultOf(manifest, carried, true), tokens };
    const seals = [
      snapshotOf(carried, { shard: 1, takenAt: 3_000, isSealed: true }),
      snapshotOf({}, { shard: 0, takenAt: 2_000, isSealed: true }),
    ];
    expect(lastSealOf(seals)).toBe(3_000);
    const times = { closedAt: 3_000, certifiedAt: null };
    const given = { manifest, manifestHash: "hash", times, result, shown: null, lookUps: 4 };
    const answer = finalOutcome({ ...given, seals });
    expect(answer).toEqual({
      decision_id: "delta",
      title: manifest.title,
      opened_at: new Date(manifest.opensAt).toISOString(),
      closed_at: new Date(3_000).toISOString(),
      certified_at: null,
      version: result.version,
      final: true,
      as_of: new Date(1_000).toISOString(),
      age_ms: 0,
      manifest_hash: "hash",
      ...evaluateResult(manifest, result, null),
      look_ups: 4,
      tokens,
      seals: [
        { shard: 0, seq: 0, sealed_at: new Date(2_000).toISOString() },
        { shard: 1, seq: 7, sealed_at: new Date(3_000).toISOString() },
      ],
    });
    expect(() => finalOutcome({ ...given, seals: seals.slice(1) })).toThrow(
      "an outcome is computed from every seal",
    );
  });
});

describe("a result beside a roll", () => {
  const manifest = manifestOf({ roll });
  const counts = resultOf(manifest, carried);
  const head = {
    decision_id: "delta",
    status: "open",
    version: counts.version,
    final: false,
    as_of: new Date(1_000).toISOString(),
    age_ms: 0,
  };

  it("has for the whole and each region who may vote and who has", () => {
    const view = viewResult(showResult(counts, 1_000), 1_000);
    expect(view).toMatchObject({
      ...head,
      visibility: "live",
      shows: "counts",
      electorate: { voters: 12, weight: "24" },
      turnout: { voters: 7, weight: "14" },
    });
    expect(view).toMatchObject({
      regions: [
        { electorate: { voters: 4, weight: "8" }, turnout: { voters: 4, weight: "8" } },
        { turnout: { voters: 2 } },
        { turnout: { voters: 1 } },
      ],
    });
  });

  it("of one region is that region's, and says no choice while turnout alone is shown", () => {
    const turnout = showResult({ ...counts, visibility: "turnout" }, 1_000);
    expect(viewRegionResult(turnout, "south", 1_000)).toEqual({
      ...head,
      visibility: "turnout",
      region: "south",
      shows: "turnout",
      electorate: { voters: 4, weight: "8" },
      turnout: { voters: 2, weight: "4" },
    });
    expect(viewRegionResult(turnout, "west", 1_000)).toBeNull();
    const nothing = showResult({ ...counts, visibility: "sealed" }, 1_000);
    expect(viewRegionResult(nothing, "south", 1_000)).toMatchObject({ shows: "nothing" });
    const shown = viewRegionResult(showResult(counts, 1_000), "south", 1_200);
    expect(shown).toMatchObject({ age_ms: 200, total: { ballots: 2 }, turnout: { voters: 2 } });
  });

  it("has no electorate where there is no roll", () => {
    const open = manifestOf();
    const view = viewResult(showResult(resultOf(open, carried), 1_000), 1_000);
    expect(view).not.toHaveProperty("electorate");
    expect(view).not.toHaveProperty("turnout");
    const turnout = showResult({ ...resultOf(open, carried), visibility: "turnout" }, 1_000);
    expect(viewResult(turnout, 1_000)).not.toHaveProperty("electorate");
  });
});

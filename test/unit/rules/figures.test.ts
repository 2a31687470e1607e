import { describe, expect, it } from "vitest";
import {
  countCast,
  countIn,
  countKinds,
  figuresOfScope,
  noFigures,
  noRegion,
  regionCodes,
  type CountsByKind,
  type Figures,
} from "../../../src/rules/figures.ts";
import { RuleError } from "../../../src/rules/json-node.ts";
import type { Kind } from "../../../src/rules/rule.ts";
import { wholeScope } from "../../../src/rules/scope.ts";
import { Work } from "../../../src/rules/work.ts";
import { workUnits } from "../../../src/rules/work-units.ts";

const none = noFigures.ballots;
const counts = (given: Partial<CountsByKind>): CountsByKind => ({ ...none, ...given });
const scopeFigures = (given: Partial<CountsByKind>, weight = given) => ({
  ballots: counts(given),
  weight: counts(weight),
});
const scopeOf = (...regions: string[]) => ({ name: regions.join(), regions, members: regions });
const by = "ballots";

function contextOf(regions: Record<string, Partial<CountsByKind>>, whole = {}) {
  const figures: Figures = {
    regions: new Map(Object.entries(regions).map(([code, one]) => [code, scopeFigures(one)])),
    whole: scopeFigures(whole),
  };
  return { figures, work: new Work(1_000) };
}

/** The pointer and detail of the fault that this throws. */
function faultOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof RuleError) return error.fault;
    throw error;
  }
  return null;
}

describe("the counts of one region", () => {
  const all = counts({ yes: 1n, no: 2n, abstain: 4n, blank: 8n, invalid: 16n });

  it("are summed over kinds, and what is to be less is taken off", () => {
    const plus: Kind[] = ["yes", "abstain"];
    expect(countIn(all, { plus, less: [] }, "a")).toBe(5n);
    expect(countIn(all, { plus, less: ["no", "blank"] }, "a")).toBe(-5n);
  });

  it("have as cast every ballot, and as present those where nobody recorded presence", () => {
    expect(countCast(all)).toBe(31n);
    const of = (kind: Kind, given: CountsByKind) => countIn(given, { plus: [kind], less: [] }, "a");
    expect(of("cast", all)).toBe(31n);
    expect(of("present", all)).toBe(31n);
    expect(of("present", { ...all, present: 40n })).toBe(40n);
    expect(of("cast", { ...all, present: 40n })).toBe(31n);
    expect(of("eligible", { ...all, eligible: 99n })).toBe(99n);
  });

  it("lack the electorate where nobody gave it, which is named by its place", () => {
    const detail = "the rule counts by the eligible here: give them";
    const measure = { plus: ["eligible"] as const, less: [] };
    expect(faultOf(() => countIn(all, measure, "north"))).toEqual({
      pointer: "/regions/north/eligible",
      detail,
    });
    expect(faultOf(() => countIn(all, measure, null))).toEqual({
      pointer: "/total/eligible",
      detail,
    });
  });
});

describe("the counts of a scope", () => {
  const regions = { a: { yes: 1n, no: 1n }, b: { yes: 2n, abstain: 1n }, c: { yes: 4n } };
  const yes = { by, plus: ["yes"], less: [] } as const;

  it("are those of the whole, of one region, or of several together", () => {
    const context = contextOf(regions, { yes: 9n });
    expect(countKinds(yes, wholeScope, context)).toBe(9n);
    expect(countKinds(yes, scopeOf("a"), context)).toBe(1n);
    expect(countKinds(yes, scopeOf("a", "c"), context)).toBe(5n);
    expect(countKinds(yes, scopeOf("b", "a", "c"), context)).toBe(7n);
    expect(countKinds(yes, scopeOf(), context)).toBe(0n);
  });

  it("are nothing of a region without a tally", () => {
    const context = contextOf(regions);
    expect(countKinds(yes, scopeOf("x"), context)).toBe(0n);
    expect(countKinds(yes, scopeOf("x", "a"), context)).toBe(1n);
    expect(countKinds(yes, scopeOf("a", "x"), context)).toBe(1n);
    expect(figuresOfScope(scopeOf("x"), context)).toEqual(noFigures);
  });

  it("are of ballots or of weight", () => {
    const figures: Figures = {
      regions: new Map([["a", scopeFigures({ yes: 1n }, { yes: 10n })]]),
      whole: scopeFigures({ yes: 2n }, { yes: 20n }),
    };
    const context = { figures, work: new Work(100) };
    const weight = { ...yes, by: "weight" } as const;
    expect([yes, weight].map((one) => countKinds(one, scopeOf("a"), context))).toEqual([1n, 10n]);
    expect([yes, weight].map((one) => countKinds(one, wholeScope, context))).toEqual([2n, 20n]);
    const two = scopeOf("a", "a");
    expect([yes, weight].map((one) => countKinds(one, two, context))).toEqual([2n, 20n]);
  });

  it("have every kind of several regions summed", () => {
    const one = { yes: 1n, no: 2n, abstain: 3n, blank: 4n, invalid: 5n };
    expect(figuresOfScope(scopeOf("a", "b"), contextOf({ a: one, b: one })).ballots).toEqual(
      counts({ yes: 2n, no: 4n, abstain: 6n, blank: 8n, invalid: 10n }),
    );
    const whole = contextOf({}, one);
    expect(figuresOfScope(wholeScope, whole)).toBe(whole.figures.whole);
  });

  it("take as present in a region without a record those who cast a ballot there", () => {
    const recorded = { yes: 1n, present: 7n };
    const others = { b: { no: 2n }, c: { yes: 3n, blank: 1n } };
    const present = (...codes: string[]) =>
      figuresOfScope(scopeOf(...codes), contextOf({ a: recorded, ...others, d: recorded })).ballots
        .present;
    expect(present("a", "b")).toBe(9n);
    expect(present("b", "a")).toBe(9n);
    expect(present("b", "c")).toBeNull();
    expect(present("b", "c", "a")).toBe(13n);
    expect(present("a", "b", "c", "d")).toBe(20n);
    expect(present("a", "d")).toBe(14n);
  });

  it("know the electorate where each region gave it", () => {
    const eligible = (...codes: string[]) =>
      figuresOfScope(
        scopeOf(...codes),
        contextOf({ a: { eligible: 3n }, b: { eligible: 4n }, c: { yes: 1n } }),
      ).ballots.eligible;
    expect(eligible("a", "b")).toBe(7n);
    expect(eligible("a", "c")).toBeNull();
    expect(eligible("c", "a")).toBeNull();
    expect(eligible("c", "a", "b")).toBeNull();
    expect(eligible("a", "x")).toBeNull();
  });

  it("lack the electorate of the first region that did not give it, where it is counted", () => {
    const context = contextOf({ a: { eligible: 3n }, b: { yes: 2n }, c: { yes: 1n } });
    const share = { by, plus: ["eligible"], less: ["yes"] } as const;
    const rest = { by, plus: ["yes"], less: ["eligible"] } as const;
    for (const measure of [share, rest]) {
      const pointerOf = (...codes: string[]) =>
        faultOf(() => countKinds(measure, scopeOf(...codes), context))?.pointer;
      expect(pointerOf("a", "b", "c")).toBe("/regions/b/eligible");
      expect(pointerOf("a", "x")).toBe("/regions/x/eligible");
      expect(pointerOf("c")).toBe("/regions/c/eligible");
    }
    expect(countKinds(share, scopeOf("a"), context)).toBe(3n);
    expect(countKinds(share, scopeOf("a", "a"), context)).toBe(6n);
    expect(countKinds(yes, scopeOf("a", "b"), context)).toBe(2n);
  });

  it("take work for a count, and once for the sum of the same regions", () => {
    const context = contextOf(regions);
    const scope = scopeOf("a", "b", "c");
    countKinds(yes, wholeScope, context);
    countKinds(yes, scopeOf("a"), context);
    expect(context.work.spent).toBe(2 * workUnits.count);
    countKinds(yes, scope, context);
    expect(context.work.spent).toBe(3 * workUnits.count + 3 * workUnits.regionSum);
    countKinds(yes, scope, context);
    expect(context.work.spent).toBe(4 * workUnits.count + 3 * workUnits.regionSum);
    expect(figuresOfScope(scope, context)).toBe(figuresOfScope(scope, context));
    expect(countKinds(yes, scopeOf("a", "b"), context)).toBe(3n);
  });
});

describe("the codes of regions", () => {
  it("are those of regions with a name", () => {
    const { figures } = contextOf({ a: {}, [noRegion]: {}, b: {} });
    expect(regionCodes(figures)).toEqual(["a", "b"]);
  });
});

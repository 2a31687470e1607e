import { countedBy } from "./counted-by.ts";
import type { Comparison, Counting, Measure, Rule, Test, Units } from "./rule.ts";

/** In what a board has to be drawn, so that it shows what the rule looks at. */
export type BoardMeasure = {
  /** What the verdict rests on: votes by heads, by their weight, or some parts by each. */
  by: Counting | "both";
  /** Whether regions, or groups of them, count as units; null where the whole alone counts. */
  units: "regions" | "groups" | null;
};

/**
 * The measure of a rule: that of its requirements but quorums, which look at how many came. A rule
 * that compares no votes is measured by heads.
 */
export function ruleMeasure({ requirements, groups }: Rule): BoardMeasure {
  const deciding = requirements.filter(({ isQuorum }) => !isQuorum);
  const tests = (deciding.length === 0 ? requirements : deciding).flatMap(
    ({ test, deemedMetWhen }) => (deemedMetWhen === null ? [test] : [test, deemedMetWhen]),
  );
  const countings = new Set(tests.flatMap(countedBy));
  const [only = "ballots"] = countings;
  const found = tests.flatMap(unitsOf);
  const isGroup = (name: string) => groups.has(name);
  const hasGroups = found.some((units) => units.type === "named" && units.names.some(isGroup));
  return {
    by: countings.size > 1 ? "both" : only,
    units: hasGroups ? "groups" : found.length > 0 ? "regions" : null,
  };
}

/** Whether a comparison sets heads against weights: a share that means nothing. */
export function comparesBoth({ count, of }: Comparison): boolean {
  const [one, other] = [count, of].map((measure) =>
    measure === null ? null : countingOf(measure),
  );
  return one !== null && other !== null && one !== undefined && one !== other;
}

/** What the votes of a measure are counted in; null where it counts units. */
function countingOf(measure: Measure): Counting | null {
  if (measure.type === "within") return countingOf(measure.measure);
  return measure.type === "ballots" ? measure.by : null;
}

/** All comparisons in a test, within units and measures too. */
export function comparisonsIn(test: Test): Comparison[] {
  if (test.type === "all" || test.type === "any") return test.tests.flatMap(comparisonsIn);
  if (test.type !== "compare") return comparisonsIn(test.test);
  const inner = (measure: Measure): Comparison[] => {
    if (measure.type === "within") return inner(measure.measure);
    return measure.type === "units" && measure.that !== null ? comparisonsIn(measure.that) : [];
  };
  return [test, ...inner(test.count), ...(test.of === null ? [] : inner(test.of))];
}

function unitsOf(test: Test): Units[] {
  const own = unitsOfTest(test);
  if (test.type === "all" || test.type === "any") return test.tests.flatMap(unitsOf);
  if (test.type !== "compare") return [...own, ...unitsOf(test.test)];
  return [test.count, ...(test.of === null ? [] : [test.of])].flatMap(unitsOfMeasure);
}

/** A part that is named is a unit by itself. */
function unitsOfTest(test: Test): Units[] {
  if (test.type === "each") return [test.units];
  return test.type === "within" ? [regionsAsUnits] : [];
}

function unitsOfMeasure(measure: Measure): Units[] {
  if (measure.type === "within") return [regionsAsUnits, ...unitsOfMeasure(measure.measure)];
  if (measure.type === "ballots") return [];
  if (measure.type === "shares") return [measure.units];
  return measure.that === null ? [] : [measure.units, ...unitsOf(measure.that)];
}

const regionsAsUnits: Units = { type: "regions" };

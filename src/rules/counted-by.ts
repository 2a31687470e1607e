import type { Counting, Group, Measure, Test, Units } from "./rule.ts";

/** Whether a test counts ballots, weight or both. */
export function countedBy(test: Test): Counting[] {
  const found = new Set<Counting>();
  const inMeasure = (measure: Measure): void => {
    if (measure.type === "within") inMeasure(measure.measure);
    else if (measure.type === "ballots") found.add(measure.by);
    else if (measure.type === "shares") found.add(measure.part.by);
    else if (measure.that !== null) inTest(measure.that);
  };
  const inTest = (one: Test): void => {
    if (one.type === "all" || one.type === "any") one.tests.forEach(inTest);
    else if (one.type === "compare") {
      inMeasure(one.count);
      if (one.of !== null) inMeasure(one.of);
    } else inTest(one.test);
  };
  inTest(test);
  return [...found];
}

/** Every region that a test names as a unit, also those that have no tally yet. */
export function namedRegions(test: Test, groups: ReadonlyMap<string, Group>): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const inUnits = (units: Units): void => {
    if (units.type !== "named") return;
    for (const name of units.names) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const code of groups.get(name)?.regions ?? [name]) found.add(code);
    }
  };
  const inMeasure = (measure: Measure): void => {
    if (measure.type === "within") {
      for (const code of measure.regionGroup.regions) found.add(code);
      inMeasure(measure.measure);
    }
    if (measure.type === "shares" || measure.type === "units") inUnits(measure.units);
    if (measure.type === "units" && measure.that !== null) inTest(measure.that);
  };
  const inTest = (one: Test): void => {
    if (one.type === "each") inUnits(one.units);
    if (one.type === "within") for (const code of one.regionGroup.regions) found.add(code);
    if (one.type === "all" || one.type === "any") one.tests.forEach(inTest);
    else if (one.type !== "compare") inTest(one.test);
    else
      for (const measure of [one.count, ...(one.of === null ? [] : [one.of])]) inMeasure(measure);
  };
  inTest(test);
  return [...found];
}

import type { Group, Measure, Rule, Test, Units } from "./rule.ts";

/**
 * How many comparisons one evaluation takes if a decision has all regions that it may have: units
 * within units multiply.
 */
export function costOf(test: Test, { groups }: Pick<Rule, "groups">, regionsMax: number): number {
  const largest = Math.max(1, ...[...groups.values()].map(({ regions }) => regions.length));
  const width = (units: Units, depth: number): number => {
    if (units.type === "named")
      return units.names.reduce((sum, name) => sum + spread(name, groups), 0);
    return depth === 0 ? regionsMax : largest;
  };
  const ofMeasure = (measure: Measure, depth: number): number => {
    if (measure.type === "within") return ofMeasure(measure.measure, depth);
    if (measure.type === "ballots") return 1;
    const inner =
      measure.type === "shares" || measure.that === null ? 1 : ofTest(measure.that, depth + 1);
    return width(measure.units, depth) * inner;
  };
  const ofTest = (one: Test, depth: number): number => {
    switch (one.type) {
      case "compare":
        return ofMeasure(one.count, depth) + (one.of === null ? 0 : ofMeasure(one.of, depth));
      case "all":
      case "any":
        return one.tests.reduce((sum, inner) => sum + ofTest(inner, depth), 1);
      case "each":
        return width(one.units, depth) * ofTest(one.test, depth + 1);
      default:
        return ofTest(one.test, depth);
    }
  };
  return ofTest(test, 0);
}

function spread(name: string, groups: ReadonlyMap<string, Group>): number {
  return groups.get(name)?.regions.length ?? 1;
}

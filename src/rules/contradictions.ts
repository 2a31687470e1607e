import { compareRatios, ratio, type Ratio } from "./ratio.ts";
import type {
  Bound,
  Comparison,
  Kind,
  Measure,
  Requirement,
  Rule,
  RuleFault,
  Test,
} from "./rule.ts";

/** Finds what can never be met, what always is, and requirements that exclude each other. */
export function findContradictions(rule: Rule): RuleFault[] {
  const faults: RuleFault[] = [];
  const ids = new Set<string>();
  for (const { id, pointer, test, deemedMetWhen } of rule.requirements) {
    if (ids.has(id)) faults.push({ pointer: `${pointer}/id`, detail: "this id stands twice" });
    ids.add(id);
    for (const detail of [
      ...findPointless(test),
      ...(deemedMetWhen ? findPointless(deemedMetWhen) : []),
    ]) {
      faults.push({ pointer, detail });
    }
  }
  const unconditional = rule.requirements.filter(({ deemedMetWhen }) => deemedMetWhen === null);
  for (const [index, later] of unconditional.entries()) {
    for (const earlier of unconditional.slice(0, index)) {
      if (!excludes(earlier, later)) continue;
      faults.push({
        pointer: later.pointer,
        detail: `contradicts ${earlier.id}: both can't be met at once`,
      });
    }
  }
  return faults;
}

function findPointless(test: Test): string[] {
  if (test.type === "all" || test.type === "any") return test.tests.flatMap(findPointless);
  if (test.type === "not" || test.type === "each" || test.type === "within") {
    return findPointless(test.test);
  }
  const inner = [test.count, ...(test.of === null ? [] : [test.of])].flatMap(testsIn);
  return [...inner.flatMap(findPointless), ...findPointlessComparison(test)];
}

function testsIn(measure: Measure): Test[] {
  if (measure.type === "within") return testsIn(measure.measure);
  return measure.type === "units" && measure.that !== null ? [measure.that] : [];
}

function findPointlessComparison(test: Comparison): string[] {
  const most = largestFigure(test);
  if (most === null) return [];
  const order = compareRatios(test.figure, most);
  const verdicts: Record<Bound, string | null> = {
    at_least: order > 0 ? "can never be met" : null,
    more_than: order >= 0 ? "can never be met" : null,
    at_most: order >= 0 ? "is always met" : null,
    less_than: order > 0 ? "is always met" : null,
  };
  const verdict = verdicts[test.bound];
  return verdict === null ? [] : [`this ${verdict}: there is no more than all`];
}

/**
 * The largest figure that the count can have, as the bound states it; null where that is not known
 * from the rule alone.
 */
function largestFigure(test: Comparison): Ratio | null {
  const { count, of } = test;
  if (of !== null) return isPartOf(count, of) ? ratio(1n) : null;
  if (count.type === "shares") return ratio(sum(count.table.entries.values()), count.table.scale);
  if (count.type !== "units" || count.units.type !== "named") return null;
  if (count.weigh === "one") return ratio(BigInt(count.units.names.length));
  if (count.weigh === "eligible") return null;
  const { entries, otherwise, scale } = count.weigh;
  return ratio(sum(count.units.names.map((name) => entries.get(name) ?? otherwise ?? 0n)), scale);
}

function isPartOf(count: Measure, of: Measure): boolean {
  if (count.type === "within" || of.type === "within") {
    return (
      count.type === "within" &&
      of.type === "within" &&
      count.regionGroup.regions.join("\n") === of.regionGroup.regions.join("\n") &&
      isPartOf(count.measure, of.measure)
    );
  }
  if (count.type === "ballots" && of.type === "ballots") {
    const whole = new Set(of.plus.flatMap(kindsWithin));
    return (
      count.by === of.by && of.less.length === 0 && count.plus.every((kind) => whole.has(kind))
    );
  }
  if (count.type !== "units" || of.type !== "units" || of.that !== null) return false;
  return keyOf({ ...count, that: null, label: "" }) === keyOf({ ...of, label: "" });
}

function kindsWithin(kind: Kind): Kind[] {
  const ballots: Kind[] = ["yes", "no", "abstain", "blank", "invalid"];
  if (kind === "cast") return [...ballots, "cast"];
  if (kind === "present") return [...ballots, "cast", "present"];
  return kind === "eligible" ? [...ballots, "cast", "present", "eligible"] : [kind];
}

/** Two comparisons of the same figures, of which one asks for more than the other allows. */
function excludes(a: Requirement, b: Requirement): boolean {
  if (a.test.type !== "compare" || b.test.type !== "compare") return false;
  if (a.test.rounding !== null || b.test.rounding !== null) return false;
  if (keyOf([a.test.count, a.test.of]) !== keyOf([b.test.count, b.test.of])) return false;
  const lower = [a.test, b.test].find(({ bound }) => bound === "at_least" || bound === "more_than");
  const upper = [a.test, b.test].find(({ bound }) => bound === "at_most" || bound === "less_than");
  if (lower === undefined || upper === undefined) return false;
  const order = compareRatios(lower.figure, upper.figure);
  return order > 0 || (order === 0 && (lower.bound === "more_than" || upper.bound === "less_than"));
}

function keyOf(part: unknown): string {
  return JSON.stringify(part, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value instanceof Map ? [...value] : value,
  );
}

function sum(figures: Iterable<bigint>): bigint {
  let total = 0n;
  for (const figure of figures) total += figure;
  return total;
}

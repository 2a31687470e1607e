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
import type { Work } from "./work.ts";
import { workOfCharacters, workUnits } from "./work-units.ts";

/** Finds what can never be met, what always is, and requirements that exclude each other. */
export function findContradictions(rule: Rule, work: Work): RuleFault[] {
  const keys = new PartKeys(work);
  const faults: RuleFault[] = [];
  const ids = new Set<string>();
  for (const { id, pointer, test, deemedMetWhen } of rule.requirements) {
    if (ids.has(id)) faults.push({ pointer: `${pointer}/id`, detail: "this id stands twice" });
    ids.add(id);
    for (const detail of [
      ...findPointless(test, keys),
      ...(deemedMetWhen ? findPointless(deemedMetWhen, keys) : []),
    ]) {
      faults.push({ pointer, detail });
    }
  }
  const compared = rule.requirements.flatMap((requirement) => figuresCompared(requirement, keys));
  for (const [index, later] of compared.entries()) {
    for (const earlier of compared.slice(0, index)) {
      if (earlier.figures !== later.figures || !excludes(earlier.test, later.test)) continue;
      faults.push({
        pointer: later.requirement.pointer,
        detail: `contradicts ${earlier.requirement.id}: both can't be met at once`,
      });
    }
  }
  return faults;
}

function findPointless(test: Test, keys: PartKeys): string[] {
  const inSome = (tests: readonly Test[]) => tests.flatMap((one) => findPointless(one, keys));
  if (test.type === "all" || test.type === "any") return inSome(test.tests);
  if (test.type === "not" || test.type === "each" || test.type === "within") {
    return findPointless(test.test, keys);
  }
  const inner = [test.count, ...(test.of === null ? [] : [test.of])].flatMap(testsIn);
  return [...inSome(inner), ...findPointlessComparison(test, keys)];
}

function testsIn(measure: Measure): Test[] {
  if (measure.type === "within") return testsIn(measure.measure);
  return measure.type === "units" && measure.that !== null ? [measure.that] : [];
}

function findPointlessComparison(test: Comparison, keys: PartKeys): string[] {
  const most = largestFigure(test, keys);
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
function largestFigure(test: Comparison, keys: PartKeys): Ratio | null {
  const { count, of } = test;
  if (of !== null) return isPartOf(count, of, keys) ? ratio(1n) : null;
  if (count.type === "shares") keys.work.spend(count.table.entries.size * workUnits.name);
  if (count.type === "shares") return ratio(sum(count.table.entries.values()), count.table.scale);
  if (count.type !== "units" || count.units.type !== "named") return null;
  if (count.weigh === "one") return ratio(BigInt(count.units.names.length));
  if (count.weigh === "eligible") return null;
  const { entries, otherwise, scale } = count.weigh;
  keys.work.spend(count.units.names.length * workUnits.name);
  return ratio(sum(count.units.names.map((name) => entries.get(name) ?? otherwise ?? 0n)), scale);
}

function isPartOf(count: Measure, of: Measure, keys: PartKeys): boolean {
  if (count.type === "within" || of.type === "within") {
    return (
      count.type === "within" &&
      of.type === "within" &&
      keys.keyOf({ regions: count.regionGroup.regions }) ===
        keys.keyOf({ regions: of.regionGroup.regions }) &&
      isPartOf(count.measure, of.measure, keys)
    );
  }
  if (count.type === "ballots" && of.type === "ballots") {
    const whole = new Set(of.plus.flatMap(kindsWithin));
    return (
      count.by === of.by && of.less.length === 0 && count.plus.every((kind) => whole.has(kind))
    );
  }
  if (count.type !== "units" || of.type !== "units" || of.that !== null) return false;
  return keys.keyOf({ ...count, that: null, label: "" }) === keys.keyOf({ ...of, label: "" });
}

function kindsWithin(kind: Kind): Kind[] {
  const ballots: Kind[] = ["yes", "no", "abstain", "blank", "invalid"];
  if (kind === "cast") return [...ballots, "cast"];
  if (kind === "present") return [...ballots, "cast", "present"];
  return kind === "eligible" ? [...ballots, "cast", "present", "eligible"] : [kind];
}

/** A comparison that always holds, with the figures that it compares as text. */
type ComparedFigures = { requirement: Requirement; test: Comparison; figures: string };

/** None for a requirement that a clause can make up for, or whose threshold is rounded. */
function figuresCompared(requirement: Requirement, keys: PartKeys): ComparedFigures[] {
  const { test, deemedMetWhen } = requirement;
  if (deemedMetWhen !== null || test.type !== "compare" || test.rounding !== null) return [];
  return [{ requirement, test, figures: keys.keyOf([test.count, test.of]) }];
}

/** Two comparisons of the same figures, of which one asks for more than the other allows. */
function excludes(a: Comparison, b: Comparison): boolean {
  const lower = [a, b].find(({ bound }) => bound === "at_least" || bound === "more_than");
  const upper = [a, b].find(({ bound }) => bound === "at_most" || bound === "less_than");
  if (lower === undefined || upper === undefined) return false;
  const order = compareRatios(lower.figure, upper.figure);
  return order > 0 || (order === 0 && (lower.bound === "more_than" || upper.bound === "less_than"));
}

/** What says the same again, or only what things are called. */
const toldOtherwise = new Set(["resolved", "source", "called", "parts"]);

/** Parts of one rule as text, in which the names of tables and lists stand for all of them. */
class PartKeys {
  readonly work: Work;
  readonly #lists = new Map<string, number>();
  readonly #known = new WeakMap<readonly unknown[], number>();

  constructor(work: Work) {
    this.work = work;
  }

  keyOf(part: unknown): string {
    const key = JSON.stringify(part, (member, value: unknown) => {
      if (typeof value === "bigint") return `${value}n`;
      if (value instanceof Map || toldOtherwise.has(member)) return null;
      const isNames = member === "names" || member === "regions";
      return isNames && Array.isArray(value) ? this.#numberOf(value) : value;
    });
    this.work.spend(2 * workOfCharacters(key.length));
    return key;
  }

  /** The same for lists of the same names; a list that stands in many places is read once. */
  #numberOf(names: readonly unknown[]): number {
    const known = this.#known.get(names);
    if (known !== undefined) return known;
    this.work.spend(names.length * workUnits.name);
    const text = JSON.stringify(names);
    const number = this.#lists.get(text) ?? this.#lists.size;
    this.#lists.set(text, number);
    this.#known.set(names, number);
    return number;
  }
}

function sum(figures: Iterable<bigint>): bigint {
  let total = 0n;
  for (const figure of figures) total += figure;
  return total;
}

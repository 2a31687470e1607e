import { compareFigures, neededFigure } from "./comparison.ts";
import { isMet, valueOf } from "./evaluate-test.ts";
import { ratio, type Ratio } from "./ratio.ts";
import type { Bound, Comparison, Measure, Test, Units } from "./rule.ts";
import { scopeOfGroup, type Scope } from "./scope.ts";
import { describeComparison, joinWith } from "./sentence.ts";
import { scaleOf, unitScopes, weighUnits, type EvaluationContext } from "./units.ts";

/** How a unit stood: whether it met the requirement's test, and with which weight it counts. */
export type UnitFinding = { unit: string; isMet: boolean; weight: Ratio };

/** A test's figures, and a sentence that says them. */
export type Finding = {
  isMet: boolean;
  sentence: string;
  /** Null for a test that is put together from `parts`. */
  figures: {
    bound: Bound;
    actual: Ratio;
    base: Ratio | null;
    threshold: Ratio;
    needed: Ratio | null;
  } | null;
  units: UnitFinding[];
  /** The weight of the units that did not meet the test; null where no units are counted. */
  missed: Ratio | null;
  parts: Finding[];
};

/** Evaluates a test in a scope, and says in words what was needed and what there was. */
export function explainTest(test: Test, scope: Scope, context: EvaluationContext): Finding {
  switch (test.type) {
    case "compare":
      return explainComparison(test, scope, context);
    case "all":
    case "any":
      return explainParts(test, scope, context);
    case "not": {
      const inner = explainTest(test.test, scope, context);
      const sentence = `It must not be that: ${inner.sentence}`;
      return { ...inner, isMet: !inner.isMet, sentence, figures: null, parts: [inner] };
    }
    case "each":
      return explainEach(test, scope, context);
    default: {
      const inner = explainTest(test.test, scopeOfGroup(test.regionGroup), context);
      return { ...inner, sentence: `In ${test.regionGroup.name}: ${inner.sentence}` };
    }
  }
}

function explainComparison(test: Comparison, scope: Scope, context: EvaluationContext): Finding {
  const split = splitUnits(test.count, scope, context);
  const counted = split?.met ?? valueOf(test.count, scope, context);
  const of = test.of === null ? null : valueOf(test.of, scope, context);
  const result = compareFigures(test, counted, of);
  const { actual, base, threshold } = result;
  const needed = neededFigure(test, threshold);
  return {
    isMet: result.isMet,
    sentence: describeComparison(test, result, needed),
    figures: { bound: test.bound, actual, base, threshold, needed },
    units: split?.units ?? [],
    missed: split?.missed ?? null,
    parts: [],
  };
}

function explainParts(
  { type, tests }: { type: "all" | "any"; tests: readonly Test[] },
  scope: Scope,
  context: EvaluationContext,
): Finding {
  const parts = tests.map((test) => explainTest(test, scope, context));
  const met = parts.filter((part) => part.isMet).length;
  return {
    isMet: type === "all" ? met === parts.length : met > 0,
    sentence: joinWith(
      type === "all" ? "and" : "or",
      parts.map((part) => part.sentence),
    ),
    figures: null,
    units: [],
    missed: null,
    parts,
  };
}

function explainEach(
  test: { units: Units; test: Test; label: string },
  scope: Scope,
  context: EvaluationContext,
): Finding {
  const inners = unitScopes(test.units, scope, context).map((unit) => ({
    unit: unit.name,
    finding: explainTest(test.test, unit, context),
  }));
  const missed = inners.filter(({ finding }) => !finding.isMet);
  const all = ratio(BigInt(inners.length));
  const actual = ratio(BigInt(inners.length - missed.length));
  const who = missed.map(({ unit }) => unit).join(", ");
  const end = missed.length === 0 ? "Met." : `Not met: not by ${who}.`;
  return {
    isMet: missed.length === 0,
    sentence: `${actual.numerator} of ${inners.length} ${test.label} agree; each must. ${end}`,
    figures: { bound: "at_least", actual, base: all, threshold: all, needed: all },
    units: inners.map(({ unit, finding }) => ({ unit, isMet: finding.isMet, weight: ratio(1n) })),
    missed: ratio(BigInt(missed.length)),
    parts: inners.map(({ unit, finding }) => ({
      ...finding,
      sentence: `${unit}: ${finding.sentence}`,
    })),
  };
}

type Split = { units: UnitFinding[]; met: Ratio; missed: Ratio };

/**
 * The units of a measure one by one, with the weight of those that meet its test and of the others.
 */
function splitUnits(measure: Measure, scope: Scope, context: EvaluationContext): Split | null {
  if (measure.type === "within") {
    return splitUnits(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
  if (measure.type !== "units") return null;
  const { that } = measure;
  const scale = scaleOf(measure);
  let [met, missed] = [0n, 0n];
  const units = weighUnits(measure, scope, context).map((unit) => {
    const isForIt = that === null || isMet(that, unit.scope, context);
    if (isForIt) met += unit.weight;
    else missed += unit.weight;
    return { unit: unit.scope.name, isMet: isForIt, weight: ratio(unit.weight, scale) };
  });
  return { units, met: ratio(met, scale), missed: ratio(missed, scale) };
}

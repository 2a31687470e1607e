import { compareFigures, neededFigure } from "./comparison.ts";
import { bitsOfShares, isMet, valueOf } from "./evaluate-test.ts";
import { ratio, type Ratio } from "./ratio.ts";
import type { Bound, Comparison, Measure, Test, Units } from "./rule.ts";
import { scopeOfGroup, type Scope } from "./scope.ts";
import { describeComparison, joinWith } from "./sentence.ts";
import { scaleOf, unitScopes, weighUnits, type EvaluationContext } from "./units.ts";
import {
  scaleBits,
  workOfCharacters,
  workOfComparison,
  workOfLowestTerms,
  workUnits,
} from "./work-units.ts";

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
  /** The characters that the sentence may have, whatever the figures are. */
  charactersMax: number;
};

/** What tests are explained with; nothing may tell of single votes in the regions of `hidden`. */
export type ExplanationContext = EvaluationContext & { readonly hidden: ReadonlySet<string> };

/** Evaluates a test in a scope, and says in words what was needed and what there was. */
export function explainTest(test: Test, scope: Scope, context: ExplanationContext): Finding {
  switch (test.type) {
    case "compare":
      return explainComparison(test, scope, context);
    case "all":
    case "any":
      return explainParts(test, scope, context);
    case "not": {
      const inner = explainTest(test.test, scope, context);
      const sentence = `It must not be that: ${inner.sentence}`;
      const charactersMax = sentenceOf(inner.charactersMax, context);
      // The units are the part's: written twice they would be counted once.
      return {
        isMet: !inner.isMet,
        sentence,
        figures: null,
        units: [],
        missed: null,
        parts: [inner],
        charactersMax,
      };
    }
    case "each":
      return explainEach(test, scope, context);
    default: {
      const { name } = test.regionGroup;
      const inner = explainTest(test.test, scopeOfGroup(test.regionGroup), context);
      const charactersMax = sentenceOf(name.length + inner.charactersMax, context);
      return { ...inner, sentence: `In ${name}: ${inner.sentence}`, charactersMax };
    }
  }
}

/** Counts a finding with a sentence of so many characters beside its own words and figures. */
function sentenceOf(characters: number, { work }: ExplanationContext): number {
  const charactersMax = characters + ownCharactersMax;
  work.spend(workUnits.finding + workOfCharacters(charactersMax));
  return charactersMax;
}

/** The words of a sentence, and four figures of up to 60 digits. */
const ownCharactersMax = 320;

function explainComparison(test: Comparison, scope: Scope, context: ExplanationContext): Finding {
  context.work.spend(workOfComparison(test));
  const charactersMax = sentenceOf(charactersOf(test, scope, context), context);
  const split = splitUnits(test.count, scope, context);
  const counted = split?.met ?? valueOf(test.count, scope, context);
  const of = test.of === null ? null : valueOf(test.of, scope, context);
  const result = compareFigures(test, counted, of);
  const { actual, base, threshold } = result;
  const needed = neededFigure(test, threshold);
  const telling = [test.count, ...(test.of === null ? [] : [test.of])];
  if (telling.filter((measure) => tellsHidden(measure, scope, context)).length > 0) {
    const sentence = `${result.isMet ? "Met" : "Not met"}, by figures of regions that are not shown.`;
    const units = split?.units ?? [];
    const { isMet: isReached } = result;
    return {
      isMet: isReached,
      sentence,
      figures: null,
      units,
      missed: null,
      parts: [],
      charactersMax,
    };
  }
  return {
    isMet: result.isMet,
    sentence: describeComparison(test, result, needed),
    figures: { bound: test.bound, actual, base, threshold, needed },
    units: split?.units ?? [],
    missed: split?.missed ?? null,
    parts: [],
    charactersMax,
  };
}

/** What a comparison's sentence holds beside its own words: labels, and shares as long fractions. */
function charactersOf(
  { count, of }: Comparison,
  scope: Scope,
  context: ExplanationContext,
): number {
  const measures = of === null ? [count] : [count, of];
  return measures.reduce(
    // Two figures of three bits and more a digit, each told up to three times.
    (sum, measure) => sum + measure.label.length + 2 * bitsOfShares(measure, scope, context),
    0,
  );
}

function explainParts(
  { type, tests }: { type: "all" | "any"; tests: readonly Test[] },
  scope: Scope,
  context: ExplanationContext,
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
    charactersMax: sentenceOf(
      parts.reduce((sum, part) => sum + part.charactersMax, 0),
      context,
    ),
  };
}

function explainEach(
  test: { units: Units; test: Test; label: string },
  scope: Scope,
  context: ExplanationContext,
): Finding {
  const units = unitScopes(test.units, scope, context);
  context.work.spend(units.length * workUnits.unitFinding);
  const charactersMax = sentenceOf(
    units.reduce((sum, { name }) => sum + name.length + 2, test.label.length),
    context,
  );
  const inners = units.map((unit) => ({
    unit: unit.name,
    isHidden: isHiddenScope(unit, context),
    finding: explainTest(test.test, unit, context),
  }));
  const missed = inners.filter(({ finding }) => !finding.isMet);
  const all = ratio(BigInt(inners.length));
  const actual = ratio(BigInt(inners.length - missed.length));
  const shown = inners.filter(({ isHidden }) => !isHidden);
  const notShown = missed.filter(({ isHidden }) => isHidden).length;
  const who = [
    ...missed.flatMap(({ unit, isHidden }) => (isHidden ? [] : [unit])),
    ...(notShown === 0 ? [] : [`${notShown} not shown`]),
  ].join(", ");
  const end = missed.length === 0 ? "Met." : `Not met: not by ${who}.`;
  return {
    isMet: missed.length === 0,
    sentence: `${actual.numerator} of ${inners.length} ${test.label} agree; each must. ${end}`,
    figures: { bound: "at_least", actual, base: all, threshold: all, needed: all },
    units: shown.map(({ unit, finding }) => ({ unit, isMet: finding.isMet, weight: ratio(1n) })),
    missed: ratio(BigInt(missed.length)),
    parts: shown.map(({ unit, finding }) => ({
      ...finding,
      sentence: `${unit}: ${finding.sentence}`,
    })),
    charactersMax,
  };
}

type Split = { units: UnitFinding[]; met: Ratio; missed: Ratio };

/** Whether a scope holds a region whose votes may not be told. */
function isHiddenScope({ regions }: Scope, { hidden, work }: ExplanationContext): boolean {
  if (hidden.size === 0) return false;
  work.spend(1 + Math.ceil((regions?.length ?? 0) / 8));
  return regions?.some((region) => hidden.has(region)) === true;
}

function isAnyHidden(units: readonly Scope[], context: ExplanationContext): boolean {
  return units.filter((unit) => isHiddenScope(unit, context)).length > 0;
}

/**
 * Whether a measure's value would tell of the votes in hidden regions. How many units met a test is
 * told, of which weights they are is not: a sum of different weights names them.
 */
function tellsHidden(measure: Measure, scope: Scope, context: ExplanationContext): boolean {
  switch (measure.type) {
    case "ballots":
      return isHiddenScope(scope, context);
    case "units":
      return (
        measure.that !== null &&
        measure.weigh !== "one" &&
        isAnyHidden(
          weighUnits(measure, scope, context).map((unit) => unit.scope),
          context,
        )
      );
    case "shares":
      return isAnyHidden(unitScopes(measure.units, scope, context), context);
    default:
      return tellsHidden(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
}

/**
 * The units of a measure one by one, with the weight of those that meet its test and of the others.
 */
function splitUnits(measure: Measure, scope: Scope, context: ExplanationContext): Split | null {
  if (measure.type === "within") {
    return splitUnits(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
  if (measure.type !== "units") return null;
  const { that } = measure;
  const scale = scaleOf(measure);
  const workOfUnit = workUnits.unitFinding + workOfLowestTerms(scaleBits(measure));
  let [met, missed] = [0n, 0n];
  const units = weighUnits(measure, scope, context).flatMap((unit) => {
    context.work.spend(workOfUnit + workOfCharacters(unit.scope.name.length));
    const isForIt = that === null || isMet(that, unit.scope, context);
    if (isForIt) met += unit.weight;
    else missed += unit.weight;
    const weight = ratio(unit.weight, scale);
    if (that !== null && isHiddenScope(unit.scope, context)) return [];
    return [{ unit: unit.scope.name, isMet: isForIt, weight }];
  });
  return { units, met: ratio(met, scale), missed: ratio(missed, scale) };
}

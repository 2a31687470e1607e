import { codesOf, figureAt, scopeOfGroup, type Figures, type Scope } from "./figures.ts";
import { RuleError } from "./json-node.ts";
import { isMet } from "./evaluate-test.ts";
import { multiplyRatios, ratio, type Ratio } from "./ratio.ts";
import type {
  BallotMeasure,
  Group,
  Measure,
  ShareMeasure,
  Table,
  UnitMeasure,
  Units,
} from "./rule.ts";

/** What measures are taken on: the figures, and the groups that the rule names. */
export type EvaluationContext = {
  readonly figures: Figures;
  readonly groups: ReadonlyMap<string, Group>;
};

export type WeightedUnit = { readonly scope: Scope; readonly weight: bigint };

export function valueOf(measure: Measure, scope: Scope, context: EvaluationContext): Ratio {
  switch (measure.type) {
    case "ballots":
      return ratio(countBallots(measure, scope, context));
    case "units":
      return sumUnits(measure, scope, context);
    case "shares":
      return sumShares(measure, scope, context);
    default:
      return valueOf(measure.measure, scopeOfGroup(measure.regionGroup), context);
  }
}

/** The smallest step of a measure's figures: a vote, or what the table's fractions are made of. */
export function stepOf(measure: Measure): Ratio | null {
  if (measure.type === "within") return stepOf(measure.measure);
  if (measure.type === "shares") return null;
  if (measure.type === "ballots" || typeof measure.weigh === "string") return ratio(1n);
  return ratio(1n, measure.weigh.scale);
}

export function countBallots(
  measure: BallotMeasure,
  scope: Scope,
  { figures }: EvaluationContext,
): bigint {
  let sum = 0n;
  for (const kind of measure.plus) sum += figureAt(figures, scope, kind, measure.by);
  for (const kind of measure.less) sum -= figureAt(figures, scope, kind, measure.by);
  return sum;
}

function sumUnits(measure: UnitMeasure, scope: Scope, context: EvaluationContext): Ratio {
  let sum = 0n;
  const { weigh, units } = measure;
  if (measure.that === null && units.type === "named" && weigh !== "eligible") {
    if (weigh === "one") return ratio(BigInt(units.names.length));
    for (const name of units.names) sum += weightIn(weigh, name);
    return ratio(sum, weigh.scale);
  }
  for (const unit of weighUnits(measure, scope, context)) {
    if (measure.that === null || isMet(measure.that, unit.scope, context)) sum += unit.weight;
  }
  return ratio(sum, scaleOf(measure));
}

export function scaleOf({ weigh }: UnitMeasure): bigint {
  return typeof weigh === "string" ? 1n : weigh.scale;
}

export function weighUnits(
  measure: UnitMeasure,
  scope: Scope,
  context: EvaluationContext,
): WeightedUnit[] {
  const { weigh } = measure;
  return unitScopes(measure.units, scope, context).map((unit) => ({
    scope: unit,
    weight:
      weigh === "one"
        ? 1n
        : weigh === "eligible"
          ? figureAt(context.figures, unit, "eligible", "ballots")
          : weightIn(weigh, unit.name),
  }));
}

export function unitScopes(
  units: Units,
  scope: Scope,
  { figures, groups }: EvaluationContext,
): readonly Scope[] {
  if (units.type === "named") return units.resolved;
  const names = units.type === "members" ? scope.members : (scope.regions ?? codesOf(figures));
  return names.map((name) => groups.get(name) ?? { name, regions: [name], members: [name] });
}

export function weightIn(table: Table, name: string): bigint {
  const weight = table.entries.get(name) ?? table.otherwise;
  if (weight !== null) return weight;
  throw new RuleError(`/regions/${name}`, `the table ${table.name} has no weight for this region`);
}

function sumShares(measure: ShareMeasure, scope: Scope, context: EvaluationContext): Ratio {
  // Brought to lowest terms only once: in between it would cost more than it saves.
  let [over, under, voted, all] = [0n, 1n, 0n, 0n];
  for (const unit of unitScopes(measure.units, scope, context)) {
    const weight = weightIn(measure.table, unit.name);
    all += weight;
    const base = countBallots(measure.base, unit, context);
    if (base <= 0n) continue;
    voted += weight;
    over = over * base + weight * countBallots(measure.part, unit, context) * under;
    under *= base;
  }
  const held = ratio(over, under * measure.table.scale);
  if (measure.whenEmpty === "lost" || voted === 0n) return held;
  return multiplyRatios(held, ratio(all, voted));
}

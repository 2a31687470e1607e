import { countKinds, regionCodes, type FiguresContext } from "./figures.ts";
import { RuleError } from "./json-node.ts";
import type { Group, Table, UnitMeasure, Units } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { workUnits } from "./work-units.ts";

/** What tests and measures are evaluated with: the figures, and the groups that the rule names. */
export interface EvaluationContext extends FiguresContext {
  readonly groups: ReadonlyMap<string, Group>;
  /** The bits of the longest figure. */
  readonly figureBits: number;
  /** Every part is looked at, also where another has settled the whole: so the most work is made. */
  readonly isExhaustive?: boolean;
}

export type WeightedUnit = { readonly scope: Scope; readonly weight: bigint };

const eligibleVoters = { by: "ballots", plus: ["eligible"], less: [] } as const;

/** The units that count in a scope, each as a scope of its own. */
export function unitScopes(
  units: Units,
  scope: Scope,
  { figures, groups, work }: EvaluationContext,
): readonly Scope[] {
  if (units.type === "named") return units.resolved;
  const names = units.type === "members" ? scope.members : (scope.regions ?? regionCodes(figures));
  work.spend(names.length * workUnits.unitScope);
  return names.map((name) => groups.get(name) ?? { name, regions: [name], members: [name] });
}

/** The units of a measure with their weights, which are to be divided by `scaleOf`. */
export function weighUnits(
  measure: UnitMeasure,
  scope: Scope,
  context: EvaluationContext,
): WeightedUnit[] {
  const { weigh } = measure;
  const units = unitScopes(measure.units, scope, context);
  context.work.spend(units.length * workUnits.unitWeight);
  return units.map((unit) => ({
    scope: unit,
    weight:
      weigh === "one"
        ? 1n
        : weigh === "eligible"
          ? countKinds(eligibleVoters, unit, context)
          : weightIn(weigh, unit.name),
  }));
}

/** The denominator of a measure's weights. */
export function scaleOf({ weigh }: UnitMeasure): bigint {
  return typeof weigh === "string" ? 1n : weigh.scale;
}

/**
 * The weight of a unit, to be divided by the table's scale.
 * @throws {RuleError} where the table has none
 */
export function weightIn(table: Table, name: string): bigint {
  const weight = table.entries.get(name) ?? table.otherwise;
  if (weight !== null) return weight;
  throw new RuleError(`/regions/${name}`, `the table ${table.name} has no weight for this region`);
}

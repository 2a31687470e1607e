import type { ApiDecision, ApiRule } from "../contract.ts";

/** What is counted: heads, or their weight. */
export type CountMeasure = "ballots" | "weight";

const both: readonly CountMeasure[] = ["ballots", "weight"];

/** The measures of a rule, one or both, in the order in which they stand everywhere. */
export function measuresOf(by: ApiRule["measure"]["by"]): readonly CountMeasure[] {
  return both.filter((measure) => by === "both" || by === measure);
}

/** Whether a ballot may weigh more than one: by the roll, or where there is none by the decision. */
export function isWeighted({
  roll,
  weight_max: weightMax,
}: Pick<ApiDecision, "roll" | "weight_max">): boolean {
  return roll === null ? weightMax > 1 : BigInt(roll.weight) > BigInt(roll.voters);
}

import type { ApiDecision } from "../contract.ts";

/** What is counted: heads, or their weight. */
export type CountMeasure = "ballots" | "weight";

const both: readonly CountMeasure[] = ["ballots", "weight"];

/** What a decision's rule counts, one or both, in the order in which they stand everywhere. */
export function measuresOf({
  measure: { by },
}: Pick<ApiDecision, "measure">): readonly CountMeasure[] {
  return both.filter((measure) => by === "both" || by === measure);
}

/** Whether a ballot may weigh more than one: by the roll, or where there is none by the decision. */
export function isWeighted({
  roll,
  weight_max: weightMax,
}: Pick<ApiDecision, "roll" | "weight_max">): boolean {
  return roll === null ? weightMax > 1 : BigInt(roll.weight) > BigInt(roll.voters);
}

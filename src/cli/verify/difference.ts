import { describeFigure, type TallyDifference } from "../count/compare-tallies.ts";

/** Which of the copies of a decision disagrees with the recount of its log. */
export type Layer =
  | "log"
  | "shard tally"
  | "room"
  | "results"
  | "database"
  | "receipts"
  | "list"
  | "roll"
  | "audit log"
  | "manifest"
  | "outcome"
  | "publication";

/**
 * One thing that is not as it must be. "behind" means not wrong yet: a copy that had not caught up
 * in time.
 */
export type Difference = {
  kind: "wrong" | "behind";
  decision: string;
  layer: Layer;
  /** Where in the layer: shard, seq, region and choice, as far as they apply. */
  where: string;
  expected: string;
  actual: string;
};

/** A difference as a line of text. */
export function describeDifference(difference: Difference): string {
  const { kind, decision, layer, where, expected, actual } = difference;
  const address = [decision, layer, where].filter((part) => part !== "").join(", ");
  return `${kind}: ${address}: expected ${expected}, found ${actual}`;
}

/** A figure of a tally that is not what it must be; `within` says in which part of the layer. */
export function wrongTally(
  { decision, layer, within = "" }: { decision: string; layer: Layer; within?: string },
  difference: TallyDifference,
): Difference {
  const { expected, actual } = difference;
  const where = [within, describeFigure(difference)].filter((part) => part !== "").join(", ");
  return { kind: "wrong", decision, layer, where, expected, actual };
}

import { describePlace, type TallyDifference } from "../count/compare-tallies.ts";

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
  | "outcome";

/** One thing that is not as it must be, and its place. `kind` "behind" means not wrong yet: a copy that had not caught up in time. */
export type Difference = {
  kind: "wrong" | "behind";
  decision: string;
  layer: Layer;
  /** Where in the layer: shard, seq, region and choice, as far as they apply. */
  place: string;
  expected: string;
  actual: string;
};

export function describeDifference(difference: Difference): string {
  const { kind, decision, layer, place, expected, actual } = difference;
  const where = [decision, layer, place].filter((part) => part !== "").join(", ");
  return `${kind}: ${where}: expected ${expected}, found ${actual}`;
}

export function wrongTally(
  decision: string,
  layer: Layer,
  place: string,
  difference: TallyDifference,
): Difference {
  const { expected, actual } = difference;
  const figure = [place, describePlace(difference)].filter((part) => part !== "").join(", ");
  return { kind: "wrong", decision, layer, place: figure, expected, actual };
}

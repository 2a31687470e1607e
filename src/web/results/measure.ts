import type { ApiDecision } from "../contract.ts";

/** What is counted: heads, or their weight. */
export type CountMeasure = "ballots" | "weight";

/**
 * What the requirements of a decision's rule count votes by, the first first: heads, their weight,
 * or both. Quorums, which look at how many came, say nothing here unless there is nothing else.
 */
export function countMeasures({ rule }: Pick<ApiDecision, "rule">): CountMeasure[] {
  const all = listOf(rule["requirements"]);
  const deciding = all.filter(({ quorum }) => quorum !== true);
  const counting = rule["counting"] === "weight" ? "weight" : "ballots";
  const found = new Set(
    (deciding.length === 0 ? all : deciding).map(({ count }) => measureNamed(count) ?? counting),
  );
  return found.size === 0 ? [counting] : [...found];
}

/** Whether a ballot may weigh more than one: by the roll, or where there is none by the decision. */
export function isWeighted({
  roll,
  weight_max: weightMax,
}: Pick<ApiDecision, "roll" | "weight_max">): boolean {
  return roll === null ? weightMax > 1 : BigInt(roll.weight) > BigInt(roll.voters);
}

/** What a count says by name that it counts, as in `{"weight": "yes"}`. */
function measureNamed(count: unknown): CountMeasure | null {
  if (typeof count !== "object" || count === null || Array.isArray(count)) return null;
  if ("weight" in count) return "weight";
  return "ballots" in count ? "ballots" : null;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}

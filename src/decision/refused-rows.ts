import type { RuleFault } from "../rules/rule.ts";
import { limits } from "../shared/limits.ts";
import type { Decision } from "./decision.ts";
import type { RefusedRows } from "./roll.ts";

/** A roll of which every row was loaded. */
export const noRefusedRows: RefusedRows = { rows: 0, reasons: [], problems: [] };

/** What was refused in two parts of a file, of which `b` stands behind `a`. */
export function addRefusedRows(a: RefusedRows, b: RefusedRows): RefusedRows {
  const reasons = new Map(a.reasons.map(({ code, rows }) => [code, rows]));
  for (const { code, rows } of b.reasons) reasons.set(code, rows + (reasons.get(code) ?? 0));
  return {
    rows: a.rows + b.rows,
    reasons: [...reasons].map(([code, rows]) => ({ code, rows })),
    problems: [...a.problems, ...b.problems].slice(0, limits.rollProblemsMax),
  };
}

/** The reasons in words, as in `region.unknown 3, weight.invalid 9`. */
export function sayRefusalReasons({ reasons }: Pick<RefusedRows, "reasons">): string {
  return reasons.map(({ code, rows }) => `${code} ${rows}`).join(", ");
}

/** The first lines with their reasons in words, as in `3 region.unknown, 5 weight.invalid`. */
export function sayRefusedLines({ problems }: RefusedRows): string {
  const first = problems.slice(0, limits.rollProblemsAuditedMax);
  return first.map(({ line, code }) => `${line} ${code}`).join(", ");
}

/**
 * Why a decision is not opened where its opener says that so many rows of the roll were refused:
 * whoever opens has seen how many are missing, or none is.
 */
export function findUnacceptedRows(
  { draft, roll }: Pick<Decision, "draft" | "roll">,
  accepted: number,
): readonly RuleFault[] {
  const refused = (draft.electorate === "roll" ? roll?.refused : undefined) ?? noRefusedRows;
  if (refused.rows === accepted) return [];
  const reasons = refused.rows === 0 ? "" : ` (${sayRefusalReasons(refused)})`;
  const detail = `Rows of the roll in force that were refused: ${refused.rows}${reasons}; accepted: ${accepted}.`;
  return [{ pointer: "/accept_refused_rows", detail }];
}

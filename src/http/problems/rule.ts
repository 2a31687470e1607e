import type { ProblemTable } from "./problem-table.ts";

/** A rule that can't be used. */
export const ruleProblems = {
  "rule.invalid": {
    status: 422,
    title: "The rule can't be used",
    detail: "See `errors` for the part of the rule and the reason.",
  },
  "rule.figure_missing": {
    status: 422,
    title: "The rule counts by a figure that was not given",
    detail: "Give the figure named in `errors`, or use a rule that does without it.",
  },
  "rule.too_much_work": {
    status: 422,
    title: "The rule takes too much work to evaluate on these figures",
    detail:
      "Give fewer regions, a rule with fewer units within units, or shorter fractions; then evaluate again.",
  },
  "rule.preset_not_found": {
    status: 404,
    title: "There is no such preset",
    detail: "GET /api/v1/rules/presets lists them.",
  },
} satisfies ProblemTable;

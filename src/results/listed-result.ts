import { z } from "zod";
import { statuses } from "../decision/decision.ts";
import { verdicts } from "../rules/outcome-json.ts";
import { tallySchema, viewWhole, votersSchema } from "./result-json.ts";
import type { ShownCounts, ShownTurnout } from "./shown-result.ts";

/** What a list of decisions says of one's results: the whole, as its results show it. */
export const listedResultSchema = z.object({
  outcome: z
    .enum(verdicts)
    .nullable()
    .describe("What the rule says of the votes; null until the decision is closed"),
  status: z.enum(statuses).describe("Of the decision when this was written"),
  shows: z.enum(["counts", "turnout"]),
  version: z.int(),
  final: z.boolean(),
  as_of: z.iso.datetime(),
  release_min: z.int().optional(),
  total: tallySchema.optional().describe("Where every count is shown"),
  electorate: votersSchema.optional().describe("Who is on the roll, where there is one"),
  turnout: votersSchema
    .optional()
    .describe("Who has voted, of a roll or where that alone is shown"),
});
export type ListedResultView = z.infer<typeof listedResultSchema>;

/** What the rule says of a closed decision's votes. */
export type FinalVerdict = (typeof verdicts)[number];

/** Shows a result in a list; `verdict` is null until the decision is closed. */
export function viewListedResult(
  result: ShownCounts | ShownTurnout,
  verdict: FinalVerdict | null,
): ListedResultView {
  const { status, version, isFinal, asOf } = result;
  return {
    outcome: verdict,
    status,
    version,
    final: isFinal,
    as_of: new Date(asOf).toISOString(),
    ...viewWhole(result),
  };
}

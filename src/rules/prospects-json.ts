import { z } from "zod";
import type { LeastSteps } from "./prospects/least-steps.ts";
import type { Prospects } from "./prospects/prospects.ts";

const votesSchema = z.string();

const leastSchema = z
  .object({
    result: z.enum(["met", "found", "impossible", "unknown"]),
    /** Enough votes in these regions; no fewer than `at_least` do. */
    votes: votesSchema.nullable(),
    at_least: votesSchema.nullable(),
    exact: z.boolean(),
    regions: z.array(z.object({ region: z.string(), votes: votesSchema })),
  })
  .nullable();

/** What is still needed, as the API shows it; a region of no name stands for voters in none. */
export const prospectsSchema = z
  .object({
    counted_by: z.enum(["ballots", "weight"]),
    certainty: z.enum(["carried", "lost", "open"]),
    further_yes: leastSchema,
    no_to_yes: leastSchema,
    yes_to_no: leastSchema,
  })
  .nullable();

export function viewProspects(prospects: Prospects | null): z.infer<typeof prospectsSchema> {
  if (prospects === null) return null;
  return {
    counted_by: prospects.countedBy,
    certainty: prospects.certainty,
    further_yes: viewLeast(prospects.furtherYes),
    no_to_yes: viewLeast(prospects.noToYes),
    yes_to_no: viewLeast(prospects.yesToNo),
  };
}

function viewLeast(least: LeastSteps | null): z.infer<typeof leastSchema> {
  if (least === null) return null;
  if (least.type !== "found") {
    return {
      result: least.type,
      votes: null,
      at_least: null,
      exact: least.type !== "unknown",
      regions: [],
    };
  }
  return {
    result: "found",
    votes: String(least.steps),
    at_least: String(least.atLeast),
    exact: least.steps === least.atLeast,
    regions: [...least.regions].map(([region, votes]) => ({ region, votes: String(votes) })),
  };
}

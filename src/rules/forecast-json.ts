import { z } from "zod";
import { unknownReasons, type LeastSteps } from "./forecast/least-steps.ts";
import type { Forecast } from "./forecast/forecast.ts";

const votesSchema = z.string();

const leastSchema = z
  .object({
    result: z.enum(["met", "found", "impossible", "unknown"]),
    /** Enough votes in these regions; no fewer than `at_least` do. */
    votes: votesSchema.nullable(),
    at_least: votesSchema.nullable(),
    exact: z.boolean(),
    regions: z.array(z.object({ region: z.string(), votes: votesSchema })),
    /** Why it is unknown. */
    reason: z.enum(unknownReasons).nullable(),
  })
  .nullable();

/** What is still needed, as the API shows it; a region of no name stands for voters in none. */
export const forecastSchema = z
  .object({
    counted_by: z.enum(["ballots", "weight"]),
    certainty: z.enum(["carried", "lost", "open"]),
    further_yes: leastSchema,
    no_to_yes: leastSchema,
    abstain_to_yes: leastSchema,
    yes_to_no: leastSchema,
  })
  .nullable();

export function viewForecast(forecast: Forecast | null): z.infer<typeof forecastSchema> {
  if (forecast === null) return null;
  return {
    counted_by: forecast.countedBy,
    certainty: forecast.certainty,
    further_yes: viewLeast(forecast.furtherYes),
    no_to_yes: viewLeast(forecast.noToYes),
    abstain_to_yes: viewLeast(forecast.abstainToYes),
    yes_to_no: viewLeast(forecast.yesToNo),
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
      reason: least.type === "unknown" ? least.reason : null,
    };
  }
  return {
    result: "found",
    votes: String(least.steps),
    at_least: String(least.atLeast),
    exact: least.steps === least.atLeast,
    regions: [...least.regions].map(([region, votes]) => ({ region, votes: String(votes) })),
    reason: null,
  };
}

import { z } from "zod";
import { unknownReasons } from "./forecast/least-steps.ts";

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

export type ForecastView = z.infer<typeof forecastSchema>;
export type LeastView = z.infer<typeof leastSchema>;

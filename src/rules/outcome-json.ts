import { z } from "zod";
import { bounds } from "./rule.ts";

export const verdicts = ["carried", "not_carried", "no_quorum", "tie"] as const;

/** An exact figure as text: `"41"` or `"17/2"`. */
const figureSchema = z.string();

const unitSchema = z.object({ unit: z.string(), met: z.boolean(), weight: figureSchema });

const findingShape = {
  met: z.boolean(),
  sentence: z.string(),
  bound: z.enum(bounds).nullable(),
  actual: figureSchema.nullable(),
  base: figureSchema.nullable(),
  share: figureSchema.nullable(),
  threshold: figureSchema.nullable(),
  needed: figureSchema.nullable(),
  units: z.array(unitSchema),
  missed: figureSchema.nullable(),
};

/**
 * A finding and what it is put together from, three levels in words; deeper parts are in the
 * sentences.
 */
const partSchema = z.object(findingShape);

export const ruleOutcomeSchema = z.object({
  outcome: z.enum([...verdicts, "undecided"]),
  if_closed_now: z.enum(verdicts),
  sentence: z.string(),
  requirements: z.array(
    z.object({
      id: z.string(),
      quorum: z.boolean(),
      ...findingShape,
      parts: z.array(partSchema),
      clause: partSchema.nullable(),
    }),
  ),
});
export type OutcomeView = z.infer<typeof ruleOutcomeSchema>;

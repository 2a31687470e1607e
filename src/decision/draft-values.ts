import { z } from "zod";
import { limits } from "../shared/limits.ts";
import { isKeepable } from "../shared/storable-text.ts";

/** A text that is kept with a decision, wherever that is kept. */
export function textSchema(charactersMax: number) {
  return z.string().max(charactersMax).refine(isKeepable, "well-formed Unicode without U+0000");
}

/** What stands beside a region's code in a path. */
const reservedRegionCodes = new Set(["stream", "socket"]);

const regionCodePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._:&'()/-]*$/u;

/**
 * A region's code starts with a letter or digit of any script, so a path or a table holds it
 * safely.
 */
export const regionCodeSchema = z
  .string()
  .max(limits.regionCodeCharactersMax)
  .regex(regionCodePattern, "letters, digits, space and . _ : & ' ( ) / -")
  .refine((code) => !reservedRegionCodes.has(code), "this word is a path of the API")
  // The document's generator would write the flag into the pattern; JSON Schema always reads it
  // with it.
  .meta({ example: "Africa", pattern: regionCodePattern.source });

/** Forty digits hold 10^12 ballots of the largest weight many times over. */
export const wholeNumberText = z.string().regex(/^\d{1,40}$/, "a whole number in digits");
export const weightSchema = z.int().min(1).max(limits.ballotWeightMax);
export const timeSchema = z.iso.datetime({ offset: true });

export const regionSchema = z.strictObject({
  code: regionCodeSchema,
  name: textSchema(limits.regionNameCharactersMax).min(1).optional(),
});

/** Parsed by the rules' own parser, which says where it is wrong and why. */
export const ruleSchema = z.record(z.string(), z.unknown()).meta({
  description:
    "What carries it: a rule's document (docs/rules.md), or `{preset}` with its name, and `tables` or `groups` in place of its own",
  example: { preset: "simple-majority" },
});

/** How voters log in elsewhere; the issuer is one of those that the deployment trusts. */
export const loginDraftSchema = z.strictObject({
  issuer: textSchema(limits.claimNameCharactersMax),
  voter_claim: textSchema(limits.claimNameCharactersMax).min(1).default("sub"),
  region_claim: textSchema(limits.claimNameCharactersMax).min(1).nullable().default(null),
});

/** Whose logins a decision takes, as the API shows it. */
export const loginSchema = z.object({
  issuer: z.string(),
  voter_claim: z.string(),
  region_claim: z.string().nullable(),
});

const sizeShape = { voters: z.int().min(1), weight: wholeNumberText.optional() };
export const electorateSizeSchema = z
  .strictObject({
    ...sizeShape,
    regions: z
      .array(z.strictObject({ region: regionCodeSchema, ...sizeShape }))
      .max(limits.regionsMax)
      .default([]),
  })
  .refine(
    ({ voters, regions }) => regions.reduce((sum, region) => sum + region.voters, 0) <= voters,
    "the regions have no more voters than the whole",
  );

const shownSizeShape = { voters: z.int(), weight: z.string() };
/** How many may vote, as the API shows it. */
export const shownSizeSchema = z.object({
  ...shownSizeShape,
  regions: z.array(z.object({ region: z.string(), ...shownSizeShape })),
});

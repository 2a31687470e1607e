import { z } from "zod";
import { limits } from "../shared/limits.ts";
import { isKeepable } from "../shared/storable-text.ts";
import { locationHints } from "./shard-map.ts";
import { findTwinNames, hidesNothing, isOneLine, isVisible, keepsDirection } from "./name-rules.ts";

/** A text that is kept with a decision, wherever that is kept. */
export function textSchema(charactersMax: number) {
  const error = "well-formed Unicode without U+0000";
  return z.string().max(charactersMax).refine(isKeepable, { error, abort: true });
}

/** A text of several lines, which is shown as it was written. */
export function proseSchema(charactersMax: number) {
  return textSchema(charactersMax).refine(keepsDirection, directionDetail);
}

/** A text that people know something by. */
export function nameSchema(charactersMax: number) {
  return proseSchema(charactersMax)
    .min(1)
    .refine(isOneLine, "one line without control characters")
    .refine(isVisible, "a name that can be seen, not blanks alone");
}

const directionDetail =
  "no character that turns the direction of writing (U+202A–U+202E, U+2066–U+2069)";

/** What stands beside a region's code in a path. */
const reservedRegionCodes = new Set(["stream", "socket"]);

/** Dashes, apostrophes and the punctuation that names of territories have in their scripts. */
const regionCodePattern =
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:&'‘’()（）,،、/·・\p{Pd}՚׳״۽॰་-།\u200B-\u200D]*$/u;

/**
 * A region's code starts with a letter or digit of any script, so a path or a table holds it
 * safely. It is kept composed (NFC), however it is sent.
 */
export const regionCodeSchema = z
  .string()
  .normalize("NFC")
  .max(limits.regionCodeCharactersMax)
  .regex(
    regionCodePattern,
    "letters with their marks, digits, space, comma, apostrophe, dash and . _ : & ( ) /, the first a letter or digit",
  )
  .refine(hidesNothing, "joiners and zero-width spaces only within words of scripts that use them")
  .refine((code) => !reservedRegionCodes.has(code), "this word is a path of the API")
  // The document's generator would write the flag into the pattern; JSON Schema always reads it
  // with it.
  .meta({ example: "Africa", pattern: regionCodePattern.source });

/** Forty digits hold 10^12 ballots of the largest weight many times over. */
export const wholeNumberText = z.string().regex(/^\d{1,40}$/, "a whole number in digits");
export const weightSchema = z.int().min(1).max(limits.ballotWeightMax);

/** A date and time as a wall's calendar and clock show it: without an offset it is no moment. */
const localTime = z.iso.datetime({ local: true });

export const timeSchema = z.iso.datetime({
  offset: true,
  error: ({ input }) => {
    if (typeof input !== "string") return undefined;
    return localTime.safeParse(input).success
      ? "it has no offset from UTC: add Z, or one such as +02:00"
      : "a date and time with its offset from UTC, such as 2027-05-01T18:00:00+02:00";
  },
});

const regionSchema = z.strictObject({
  code: regionCodeSchema,
  name: nameSchema(limits.regionNameCharactersMax).optional(),
});

/** The regions of a decision: no two have codes or names that read alike. */
export const regionsSchema = z
  .array(regionSchema)
  .max(limits.regionsMax)
  .superRefine((regions, context) => {
    const columns = {
      code: regions.map(({ code }) => code),
      name: regions.map(({ code, name }) => name ?? code),
    };
    for (const [member, texts] of Object.entries(columns)) {
      const twins = findTwinNames(texts);
      if (twins === null) continue;
      const [first, second] = twins;
      const message = `the ${member} is that of /regions/${first}, but for case, blanks or what can't be seen`;
      context.addIssue({ code: "custom", path: [second, member], message });
    }
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

/** Some regions, and the shards that their voters have. */
const regionGroupSchema = z.strictObject({
  regions: z.array(regionCodeSchema).min(1).max(limits.regionsMax),
  location_hint: z.enum(locationHints).nullable().default(null),
  shards: z.int().min(1).max(limits.shardsMax).default(1),
});
export const placementSchema = z
  .array(regionGroupSchema)
  .max(limits.shardGroupsMax)
  .meta({ example: [{ regions: ["upper"], location_hint: "apac", shards: 2 }] });

/** The same as the API shows it. */
export const shownGroupSchema = z.object({
  regions: z.array(z.string()),
  location_hint: z.enum(locationHints).nullable(),
  shards: z.int(),
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

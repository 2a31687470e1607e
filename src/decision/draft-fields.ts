import { z } from "zod";
import { limits } from "../shared/limits.ts";
import { defaultPreset, readRuleText } from "./decision-rule.ts";
import {
  disclosures,
  earlyEnds,
  electorates,
  revotePolicies,
  stationPolicies,
  visibilities,
  type Decision,
  type DecisionDraft,
  type ElectorateSize,
  type ExternalLogin,
} from "./decision.ts";
import * as values from "./draft-values.ts";
import { canonicalJson } from "../shared/canonical-json.ts";
import { locationHints } from "./shard-map.ts";
import { shownTranslationsSchema, translationsSchema } from "./translations.ts";
import { voterIdForms } from "../voter-id/voter-id.ts";
import { voterIdFormOf } from "./voter-id-form.ts";

/** What the API says of one field of a draft, and how it is kept. */
interface DraftField<Member extends string, Written, Shown, Value> {
  /** Its member in the API's JSON. */
  member: Member;
  /** What an organiser may write; without a default it has to be written. */
  written: Written;
  /** What is kept of what was written. */
  keep(written: z.output<Written>): Value;
  shown: Shown;
  /** What is shown of a decision. */
  show(decision: Decision): z.output<Shown>;
}

type AnyField = DraftField<string, z.ZodType, z.ZodType, unknown>;

/**
 * Every field of a draft, by its name in `DecisionDraft`. The API's schemas, its answers, the
 * database's document and what a room keeps follow from it; `freezeManifest` freezes each under its
 * name.
 */
const draftFields = {
  rehearsal: field({
    member: "rehearsal",
    written: z
      .boolean()
      .meta({
        description:
          "Whether it is held to try things out: its results never count, which everything that shows it says. Frozen in the manifest. A vote in it may be followed through the traces of the deployment, which joins a request to a stored ballot",
      })
      .default(false),
    keep: (rehearsal) => rehearsal,
    shown: z.boolean(),
    show: ({ draft }) => draft.rehearsal,
  }),
  title: field({
    member: "title",
    written: values
      .nameSchema(limits.titleCharactersMax)
      .meta({ example: "Restore the delta's mangroves" }),
    keep: (title) => title,
    shown: z.string(),
    show: ({ draft }) => draft.title,
  }),
  description: field({
    member: "description",
    written: values.proseSchema(limits.descriptionCharactersMax).default(""),
    keep: (description) => description,
    shown: z.string(),
    show: ({ draft }) => draft.description,
  }),
  translations: field({
    member: "translations",
    written: translationsSchema
      .nullable()
      .meta({
        description:
          "The language (BCP 47) of `title` and `description`, and their texts in others; null where nobody says it. `title` and `description` by language say the same",
      })
      .default(null),
    keep: (translations) => translations,
    shown: shownTranslationsSchema.nullable(),
    show: ({ draft: { translations } }) =>
      translations && { ...translations, texts: [...translations.texts] },
  }),
  regions: field({
    member: "regions",
    written: values.regionsSchema.default([]),
    keep: (regions) => regions.map(({ code, name }) => ({ code, name: name ?? code })),
    shown: z.array(z.object({ code: z.string(), name: z.string() })),
    show: ({ draft }) => draft.regions.map(({ code, name }) => ({ code, name })),
  }),
  electorate: field({
    member: "electorate",
    written: z
      .enum(electorates)
      .meta({
        description:
          "`open`: whoever holds a valid credential; `roll`: the voters of an imported list",
      })
      .default("open"),
    keep: (electorate) => electorate,
    shown: z.enum(electorates),
    show: ({ draft }) => draft.electorate,
  }),
  voterIds: field({
    member: "voter_ids",
    written: z
      .enum(voterIdForms)
      .meta({
        description:
          "Whether `Ana` and `ana` are one voter: `case_mapped`, always so in an open electorate, or `case_preserved` where a roll tells them apart. A roll is imported again after a change",
      })
      .default("case_mapped"),
    keep: (form) => form,
    shown: z.enum(voterIdForms),
    show: ({ draft }) => voterIdFormOf(draft),
  }),
  electorateSize: field({
    member: "electorate_size",
    written: values.electorateSizeSchema
      .nullable()
      .meta({
        description:
          "How many may vote in an open electorate, for a rule that counts by them; a roll counts its own voters",
      })
      .default(null),
    keep: (size) => (size === null ? null : keepSize(size)),
    shown: values.shownSizeSchema.nullable(),
    show: ({ draft: { electorate, electorateSize: size } }) =>
      electorate !== "open" || size === null ? null : { ...size, regions: [...size.regions] },
  }),
  extensionMinutes: field({
    member: "extension",
    written: z
      .strictObject({ minutes: z.int().min(1).max(limits.extensionMinutesMax) })
      .nullable()
      .meta({
        description:
          "A quorum that is reached in the last so many minutes extends the window once by as many. It is decided once the window has ended, from every vote in it; votes of that moment are answered `decision.extension_pending`",
      })
      .default(null),
    keep: (extension) => extension?.minutes ?? null,
    shown: z.object({ minutes: z.int(), extended: z.boolean() }).nullable(),
    show: ({ draft: { extensionMinutes: minutes }, extendedTo }) =>
      minutes === null ? null : { minutes, extended: extendedTo !== null },
  }),
  endsEarly: field({
    member: "ends_early",
    written: z
      .enum(earlyEnds)
      .meta({
        description:
          "Whether it may be closed before `closes_at`: `never`; `by_rule`, by itself as soon as no vote to come can change the outcome (only with a roll, final votes and live counts); `by_organiser`, which a decision without `closes_at` needs. It may be cancelled always, publicly",
      })
      .default("never"),
    keep: (end) => end,
    shown: z.enum(earlyEnds),
    show: ({ draft }) => draft.endsEarly,
  }),
  rule: field({
    member: "rule",
    written: values.ruleSchema.default({ preset: defaultPreset }),
    keep: (rule) => canonicalJson(rule),
    shown: z.record(z.string(), z.unknown()),
    show: ({ draft }) => ({ ...readRuleText(draft.rule) }),
  }),
  revotePolicy: field({
    member: "revote_policy",
    written: z.enum(revotePolicies).default("final"),
    keep: (policy) => policy,
    shown: z.enum(revotePolicies),
    show: ({ draft }) => draft.revotePolicy,
  }),
  opensAt: field({
    member: "opens_at",
    written: values.timeSchema.nullable().default(null),
    keep: keepTime,
    shown: z.iso.datetime().nullable(),
    show: ({ draft, manifest }) => isoOrNull(manifest?.opensAt ?? draft.opensAt),
  }),
  closesAt: field({
    member: "closes_at",
    written: values.timeSchema.nullable().default(null),
    keep: keepTime,
    shown: z.iso.datetime().nullable(),
    show: ({ draft, extendedTo }) => isoOrNull(extendedTo ?? draft.closesAt),
  }),
  shards: field({
    member: "shards",
    written: z
      .int()
      .min(1)
      .max(limits.shardsMax)
      .meta({
        description:
          "How many objects share the votes, each a few hundred a second; with `placement` those of the regions in no group. The only one of a decision is its room's object, too, unless a crowd is expected to watch; frozen at opening",
      })
      .default(1),
    keep: (shards) => shards,
    shown: z.int(),
    show: ({ draft }) => draft.shards,
  }),
  locationHints: field({
    member: "location_hints",
    written: z
      .array(z.enum(locationHints))
      .max(limits.shardsMax)
      .meta({
        description:
          "Where Cloudflare is asked to put them, in turn; `[]` leaves it to where the first caller is. Where an only shard lives is settled when the decision is created",
      })
      .default([]),
    keep: (hints) => hints,
    shown: z.array(z.enum(locationHints)),
    show: ({ draft }) => [...draft.locationHints],
  }),
  placement: field({
    member: "placement",
    written: values.placementSchema
      .meta({
        description:
          "Groups of regions whose voters have shards of their own, near them; only with a roll, whose region picks the group. Regions in no group share the `shards` at `location_hints`, and at least one is left to them. Where shards live is settled by the first import, whatever `location_hint` says later; a roll is imported again after a change of regions or shards; frozen at opening",
      })
      .default([]),
    keep: (groups) =>
      groups.map(({ regions, location_hint, shards }) => ({
        regions,
        locationHint: location_hint,
        shards,
      })),
    shown: z.array(values.shownGroupSchema),
    show: ({ draft }) =>
      draft.placement.map(({ regions, locationHint, shards }) => ({
        regions: [...regions],
        location_hint: locationHint,
        shards,
      })),
  }),
  expectedWatchers: field({
    member: "expected_watchers",
    written: z
      .int()
      .min(0)
      .max(limits.expectedWatchersMax)
      .meta({
        description: `How many you expect to watch the results live at one time. Above ${limits.roomWithShardWatchersMax} an only shard has an object of its own, so that watchers do not slow down votes; frozen at opening`,
      })
      .default(0),
    keep: (watchers) => watchers,
    shown: z.int(),
    show: ({ draft }) => draft.expectedWatchers,
  }),
  weightMax: field({
    member: "weight_max",
    written: values.weightSchema
      .meta({
        description:
          "The largest weight that a token or a station may give a voter; a roll has no such bound",
      })
      .default(1),
    keep: (weight) => weight,
    shown: z.int(),
    show: ({ draft }) => draft.weightMax,
  }),
  visibility: field({
    member: "visibility",
    written: z
      .enum(visibilities)
      .meta({
        description:
          "What anybody, officials too, sees before the close: `live` every count, `turnout` how many voted and never how, `sealed` nothing. Votes of the last two need an Idempotency-Key.",
      })
      .default("live"),
    keep: (visibility) => visibility,
    shown: z.enum(visibilities),
    show: ({ draft }) => draft.visibility,
  }),
  disclosure: field({
    member: "disclosure",
    written: z
      .enum(disclosures)
      .meta({
        description:
          "What is published of single ballots after the close: `roll_call` who voted how, `pseudonymous` each choice under a hash that its voter alone knows again, `aggregate` hashes without choices",
      })
      .default("pseudonymous"),
    keep: (disclosure) => disclosure,
    shown: z.enum(disclosures),
    show: ({ draft }) => draft.disclosure,
  }),
  releaseMin: field({
    member: "release_min",
    written: z
      .int()
      .min(limits.releaseMinMin)
      .max(limits.releaseMinMax)
      .meta({
        description:
          "Outside roll calls: before the close the figures of a region are released each time so many more have voted in it, and always those before the newest, so that whatever comes next adds as many",
      })
      .default(limits.releaseMinDefault),
    keep: (voters) => voters,
    shown: z.int(),
    show: ({ draft }) => draft.releaseMin,
  }),
  stations: field({
    member: "stations",
    written: z
      .enum(stationPolicies)
      .meta({
        description:
          "What stations may cast: `first_wins` votes of those who have none, `overrides` a vote in place of an earlier one too, where votes may be changed, `none` nothing",
      })
      .default("first_wins"),
    keep: (policy) => policy,
    shown: z.enum(stationPolicies),
    show: ({ draft }) => draft.stations,
  }),
  smallCellsMin: field({
    member: "small_cells_min",
    written: z
      .int()
      .min(0)
      .max(limits.smallCellsMinMax)
      .refine(
        (least) => least !== 1,
        "0, or at least 2: a cell of one ballot is what is to be hidden",
      )
      .meta({
        description:
          "Outside roll calls: after the close a region and weight are shown where so many counted voters share them, and never fewer than ten; what is hidden is of as many together",
      })
      .default(0),
    keep: (least) => least,
    shown: z.int(),
    show: ({ draft }) => draft.smallCellsMin,
  }),
  login: field({
    member: "login",
    written: values.loginDraftSchema
      .nullable()
      .meta({
        description:
          "Voters may exchange an ID token of this issuer for a ballot token: `voter_claim` is the voter_id and, in an open electorate, `region_claim` the region",
      })
      .default(null),
    keep: (login) => (login === null ? null : keepLogin(login)),
    shown: values.loginSchema.nullable(),
    show: ({ draft: { login } }) => (login === null ? null : showLogin(login)),
  }),
  retentionDays: field({
    member: "retention",
    written: z
      .strictObject({ days: z.int().min(1).max(limits.retentionDaysMax) })
      .nullable()
      .meta({
        description:
          "How many days after its certification the decision's keys, roll and single ballots are forgotten, in its record, the database and the dead letters; manifest, outcome, publication and audit log stay. `null` keeps all",
      })
      .default(null),
    keep: (retention) => retention?.days ?? null,
    shown: z.object({ days: z.int() }).nullable(),
    show: ({ draft: { retentionDays: days } }) => (days === null ? null : { days }),
  }),
} satisfies {
  [Name in keyof DraftValues]: { keep(written: never): DraftValues[Name] };
};

/** All that an organiser writes: what a draft is without its id. */
type DraftValues = Omit<DecisionDraft, "id">;
type Fields = typeof draftFields;
/** A part of every field by the field's member in the API. */
type ByMember<Part extends "written" | "shown"> = {
  [Name in keyof Fields as Fields[Name]["member"]]: Fields[Name][Part];
};
type WithoutDefault<Schema> = Schema extends z.ZodDefault<infer Inner> ? Inner : Schema;
type WrittenDraft = {
  [Member in keyof ByMember<"written">]: z.output<ByMember<"written">[Member]>;
};
type ShownDraft = { [Member in keyof ByMember<"shown">]: z.output<ByMember<"shown">[Member]> };

const fields: readonly (readonly [name: string, field: AnyField])[] = Object.entries(draftFields);

/** What an organiser writes, with defaults. */
export const draftShape = byMember((each) => each.written) as ByMember<"written">;

/** The same without defaults: what a change leaves out stays as it is. */
export const changesShape = byMember(({ written }) =>
  // What `z` has wrapped is a schema of its own kind, whatever the type of `unwrap` says.
  written instanceof z.ZodDefault ? (written.unwrap() as z.ZodType) : written,
) as { [Member in keyof ByMember<"written">]: WithoutDefault<ByMember<"written">[Member]> };

/** What the API shows of it. */
export const shownDraftShape = byMember((each) => each.shown) as ByMember<"shown">;

/** What is kept of a written draft. */
export function keepDraft(id: string, written: WrittenDraft): DecisionDraft {
  // Nothing was left out, so nothing is missing.
  return { id, ...(keepChanges(written) as DraftValues) };
}

/** What is kept of changes to a draft. */
export function keepChanges(written: {
  [Member in keyof WrittenDraft]?: WrittenDraft[Member] | undefined;
}): Partial<DraftValues> {
  const asWritten: Readonly<Record<string, unknown>> = written;
  const kept = fields.flatMap(([name, each]) => {
    const value = asWritten[each.member];
    return value === undefined ? [] : [[name, each.keep(value)] as const];
  });
  // The table's type holds what each `keep` gives against its name.
  return Object.fromEntries(kept) as Partial<DraftValues>;
}

/** What is shown of a decision's draft. */
export function showDraft(decision: Decision): ShownDraft {
  // The type of `field` holds what each `show` gives against its schema.
  return Object.fromEntries(
    fields.map(([, each]) => [each.member, each.show(decision)]),
  ) as ShownDraft;
}

function field<const Member extends string, Written, Shown, Value>(
  described: DraftField<Member, Written, Shown, Value>,
): DraftField<Member, Written, Shown, Value> {
  return described;
}

function byMember(part: (field: AnyField) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(fields.map(([, each]) => [each.member, part(each)]));
}

/** Without a stated weight everybody weighs 1. */
function keepSize(size: z.output<typeof values.electorateSizeSchema>): ElectorateSize {
  const weigh = ({
    voters,
    weight = String(voters),
  }: {
    voters: number;
    weight?: string | undefined;
  }) => ({
    voters,
    weight,
  });
  const regions = size.regions.map((one) => ({ region: one.region, ...weigh(one) }));
  return { ...weigh(size), regions };
}

function keepTime(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

/** A time in ms as the API shows it. */
export function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function keepLogin(login: z.output<typeof values.loginDraftSchema>): ExternalLogin {
  const { issuer, voter_claim, region_claim } = login;
  return { issuer, voterClaim: voter_claim, regionClaim: region_claim };
}

function showLogin({ issuer, voterClaim, regionClaim }: ExternalLogin) {
  return { issuer, voter_claim: voterClaim, region_claim: regionClaim };
}

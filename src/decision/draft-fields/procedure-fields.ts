import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { isoOrNull } from "../../shared/iso-or-null.ts";
import { defaultPreset, readRuleText } from "../decision-rule.ts";
import { earlyEnds, revotePolicies } from "../decision.ts";
import * as values from "../draft-values.ts";
import { field, type FieldTable } from "./field.ts";

/** How it is decided: its window, its rule, and whether votes may be changed. */
export const procedureFields = {
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
} satisfies Partial<FieldTable>;

function keepTime(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

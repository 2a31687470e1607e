import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { disclosures, stationPolicies, visibilities } from "../decision.ts";
import * as values from "../draft-values.ts";
import { field, type FieldTable } from "./field.ts";

/** What a ballot weighs, what stations cast, and what is shown of ballots and when. */
export const ballotFields = {
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
} satisfies Partial<FieldTable>;

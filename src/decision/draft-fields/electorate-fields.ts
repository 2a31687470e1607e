import { z } from "zod";
import { voterIdForms } from "../../voter-id/voter-id.ts";
import { electorates, type ElectorateSize } from "../decision.ts";
import * as values from "../draft-values.ts";
import { voterIdFormOf } from "../voter-id-form.ts";
import { field, type FieldTable } from "./field.ts";

/** Whose decision it is. */
export const electorateFields = {
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
} satisfies Partial<FieldTable>;

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

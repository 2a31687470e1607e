import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import * as values from "../draft-values.ts";
import { shownTranslationsSchema, translationsSchema } from "../translations.ts";
import { field, type FieldTable } from "./field.ts";

/** What is decided on, in which words, and whether it counts. */
export const subjectFields = {
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
} satisfies Partial<FieldTable>;

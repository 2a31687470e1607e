import { z } from "@hono/zod-openapi";
import type { Translations } from "../../decision/decision.ts";
import { nameSchema, proseSchema } from "../../decision/draft-values.ts";
import { translationsSchema } from "../../decision/translations.ts";
import { limits } from "../../shared/limits.ts";

const byLanguage = "or one for each language (BCP 47), the first of which is the original";

/** A title and a description as they may be written: one text, or a text by language tag. */
export const writtenTexts = {
  title: z
    .union([
      nameSchema(limits.titleCharactersMax),
      z.record(z.string(), nameSchema(limits.titleCharactersMax)),
    ])
    .meta({ example: "Restore the delta's mangroves", description: `A text, ${byLanguage}` }),
  description: z
    .union([
      proseSchema(limits.descriptionCharactersMax),
      z.record(z.string(), proseSchema(limits.descriptionCharactersMax)),
    ])
    .meta({
      description: `A text, ${byLanguage}: languages of the title, and of it the original at least`,
    }),
};

type Text = string | Record<string, string>;
type Given = {
  title?: Text | undefined;
  description?: Text | undefined;
  translations?: Translations | null | undefined;
};
type Kept<Body extends Given> = Omit<Body, "title" | "description"> & {
  [Member in "title" | "description"]: Exclude<Body[Member], Record<string, string>>;
};

/**
 * A body whose texts are by language, with the original's texts as `title` and `description`, and
 * the others as `translations`. A member that was left out stays so.
 */
export function keepTexts<Body extends Given>(
  body: Body,
  context: z.core.$RefinementCtx,
): Kept<Body> {
  const { title, description } = body;
  const refuse = (member: string, message: string) => {
    context.addIssue({ code: "custom", path: [member], message, input: body });
    return z.NEVER;
  };
  if (typeof title !== "object") {
    if (typeof description === "object")
      return refuse("description", "by language only where the title is, too");
    // Neither is by language.
    return body as Kept<Body>;
  }
  if (body.translations)
    return refuse("translations", "not beside texts by language, which say the same");
  // What a change leaves out stays; of which languages it would be, nobody could say.
  if (description === undefined) return refuse("description", "to be written with the titles");
  const [original, ...others] = Object.keys(title);
  if (original === undefined) return refuse("title", "at least one language");
  const described = typeof description === "object" ? description : { [original]: description };
  const unknown = Object.keys(described).find((language) => !(language in title));
  if (unknown !== undefined) return refuse("description", `the title has no text in ${unknown}`);
  const translations = translationsSchema.safeParse({
    original,
    texts: others.map((language) => ({
      language,
      title: title[language],
      description: described[language] ?? "",
    })),
  });
  if (!translations.success)
    return refuse("title", translations.error.issues[0]?.message ?? "texts by language");
  // Both were written, and are single texts now.
  return {
    ...body,
    title: title[original],
    description: described[original] ?? "",
    translations: translations.data,
  } as unknown as Kept<Body>;
}

import { compileMessage } from "@lingui/message-utils/compileMessage";

/** What a message asks of whoever shows it. */
interface Needs {
  /** Values and elements: "{name}", "<0>", "<1/>". */
  placeholders: Set<string>;
  /** The categories of each plural. */
  plurals: string[][];
}

/** What is wrong with a translation, in words; none where it fits its source and the language. */
export function messageFaults(language: string, source: string, translation: string): string[] {
  const wanted = needsOf(source);
  const given = needsOf(translation);
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return [
    ...[...wanted.placeholders]
      .filter((each) => !given.placeholders.has(each))
      .map((each) => `${each} is missing`),
    ...[...given.placeholders]
      .filter((each) => !wanted.placeholders.has(each))
      .map((each) => `${each} is not of the source`),
    ...given.plurals.flatMap((categories) =>
      [...pluralCategories]
        .filter((each) => !categories.includes(each))
        .map((each) => `a plural lacks "${each}"`),
    ),
    ...given.plurals.flatMap((categories) =>
      categories
        .filter((each) => !/^\d+$/.test(each) && !isOneOf(pluralCategories, each))
        .map((each) => `a plural has "${each}", which the language has not`),
    ),
  ];
}

function isOneOf(categories: readonly string[], category: string): boolean {
  return categories.includes(category);
}

function needsOf(text: string): Needs {
  const needs: Needs = { placeholders: new Set(), plurals: [] };
  collect(compileMessage(text), needs);
  return needs;
}

/** A compiled message is text, or a list of texts and placeholders: [name, kind, cases]. */
function collect(part: unknown, needs: Needs): void {
  if (typeof part === "string") {
    for (const [tag] of part.matchAll(/<\/?\d+\/?>/g)) needs.placeholders.add(tag);
    return;
  }
  if (!Array.isArray(part)) return;
  for (const token of part) {
    if (!Array.isArray(token)) {
      collect(token, needs);
      continue;
    }
    const [name, kind, cases] = token as [string, string?, Record<string, unknown>?];
    needs.placeholders.add(kind === undefined ? `{${name}}` : `{${name}, ${kind}}`);
    if (typeof cases !== "object") continue;
    const { offset: _, ...texts } = cases;
    if (kind === "plural") needs.plurals.push(Object.keys(texts));
    for (const each of Object.values(texts)) collect(each, needs);
  }
}

import type { I18n } from "@lingui/core";
import type { ApiHighlight, FoundDecision } from "../contract.ts";
import { decisionTexts } from "../decision/decision-texts.ts";

/** Where the words are, as a row shows it. */
export interface ShownHighlights {
  /** The whole title that the reader sees; null where none of the words is in it. */
  title: ApiHighlight | null;
  /** Found elsewhere: in the description, or in words of another language. */
  elsewhere: ApiHighlight | null;
}

/**
 * Chooses what a row shows of where the words were found: in the title that the reader sees, and one
 * other text, of the reader's language where there is one.
 */
export function shownHighlights(
  i18n: I18n,
  { decision, highlights }: FoundDecision,
): ShownHighlights {
  const { title: shownTitle, language = null } = decisionTexts(i18n, decision);
  const found = highlights.filter(({ parts }) => parts.some(({ match }) => match));
  const isShownTitle = ({ field, parts }: ApiHighlight): boolean =>
    field === "title" && parts.map(({ text }) => text).join("") === shownTitle;
  const title = found.find(isShownTitle) ?? null;
  const rest = found.filter((each) => !isShownTitle(each));
  const elsewhere =
    rest.find((each) => each.language === language) ?? (title === null ? rest[0] : undefined);
  return { title, elsewhere: elsewhere === undefined ? null : withoutMarks(elsewhere) };
}

/** Emphasis, code, headings and quotes in Markdown, which a description may hold. */
const marks = /\*\*|__|`|^[ ]{0,3}(?:#{1,6}|>)[ ]/gm;

/** A description as plain text. */
function withoutMarks(highlight: ApiHighlight): ApiHighlight {
  if (highlight.field === "title") return highlight;
  const parts = highlight.parts.map((part) => ({ ...part, text: part.text.replace(marks, "") }));
  return { ...highlight, parts };
}

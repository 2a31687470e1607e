import type { AskedWord } from "../asked-words.ts";
import type { Match, WantedWords } from "../match-tiers.ts";

/** Stands before a word of a title, beside the same word without it; no word has one in it. */
export const titleMark = ".";

/** What a match is as a tsquery. */
export function matchQuery({ wanted, without }: Match): string {
  return [wantedQuery(wanted), ...without.map((unwanted) => `!(${wantedQuery(unwanted)})`)].join(
    " & ",
  );
}

function wantedQuery({ asked, place }: WantedWords): string {
  const mark = place === "titles" ? titleMark : "";
  return asked.map((word) => wordExpression(word, mark)).join(" & ");
}

/**
 * Words in quotes, which hold none, so that nothing in them is an operator. What most decisions have
 * comes first, and the others behind it as one: where it is there, they are not looked at.
 */
function wordExpression({ forms, beginning }: AskedWord, mark: string): string {
  const quoted = (word: string) => `'${mark}${word}'`;
  const [asIs = "", ...others] = forms.map(quoted);
  const first = beginning === null ? asIs : `${quoted(beginning)}:*`;
  return others.length === 0 ? first : `(${first} | (${others.join(" | ")}))`;
}

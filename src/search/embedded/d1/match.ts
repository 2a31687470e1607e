import type { AskedWord } from "../asked-words.ts";
import type { DraftStatement } from "../draft-statement.ts";
import type { Match, WantedWords } from "../match-tiers.ts";

export const numberOfMatch = "search_words.rowid";

/** That a decision's words are what is asked for. */
export function matchCondition({ wanted, without }: Match, draft: DraftStatement): string {
  const found = without.reduce(
    (expression, unwanted) => `(${expression}) NOT (${wantedExpression(unwanted)})`,
    wantedExpression(wanted),
  );
  return `search_words MATCH ${draft.bind(found)}`;
}

/**
 * Words first, whatever SQLite thinks of it: what they find is in the order of numbers. With kinds
 * where more is asked of decisions.
 */
export function matchedDecisions(withKinds: boolean): string {
  return withKinds
    ? "search_words CROSS JOIN search_decisions ON search_decisions.number = search_words.rowid"
    : "search_words";
}

function wantedExpression({ asked, place }: WantedWords): string {
  const words = asked.map(wordExpression).join(" AND ");
  return place === "titles" ? `{titles} : (${words})` : words;
}

/** Each word is a string in quotes, so that nothing in it is an operator. */
function wordExpression({ forms, beginning }: AskedWord): string {
  const whole = forms.map((form) => `"${form}"`);
  const begun = beginning === null ? [] : [`"${beginning}"*`];
  return `(${[...whole, ...begun].join(" OR ")})`;
}

import type { AskedWord } from "../asked-words.ts";

/** What FTS5 is asked for, the best first, each without those before it; and all together. */
export interface MatchTiers {
  tiers: readonly { tier: number; match: string }[];
  all: string;
}

/**
 * Best are decisions whose titles have all words as they are asked for, then those whose titles have
 * all in some form, then those that have all as they are asked for somewhere, then the others.
 */
export function matchTiers(asked: readonly AskedWord[]): MatchTiers {
  const asAsked = expressionOf(
    asked.map(({ forms, ...word }) => ({ ...word, forms: forms.slice(0, 1) })),
  );
  const all = expressionOf(asked);
  const inTitle = (expression: string) => `{titles} : (${expression})`;
  if (all === asAsked) {
    const tiers = [
      { tier: 3, match: inTitle(all) },
      { tier: 1, match: `(${all}) NOT (${inTitle(all)})` },
    ];
    return { tiers, all };
  }
  const tiers = [
    { tier: 3, match: inTitle(asAsked) },
    { tier: 2, match: `(${inTitle(all)}) NOT (${inTitle(asAsked)})` },
    { tier: 1, match: `(${asAsked}) NOT (${inTitle(all)})` },
    { tier: 0, match: `(${all}) NOT ((${inTitle(all)}) OR (${asAsked}))` },
  ];
  return { tiers, all };
}

/** Each word is a string in quotes, so that nothing in it is an operator. */
function expressionOf(asked: readonly AskedWord[]): string {
  return asked
    .map(({ forms, beginning }) => {
      const whole = forms.map((form) => `"${form}"`);
      const begun = beginning === null ? [] : [`"${beginning}"*`];
      return `(${[...whole, ...begun].join(" OR ")})`;
    })
    .join(" AND ");
}

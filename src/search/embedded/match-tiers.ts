import type { AskedWord } from "./asked-words.ts";
import type { Dialect } from "./draft-statement.ts";

/** What an index is asked for, the best first, each without those before it; and all together. */
export interface MatchTiers {
  tiers: readonly { tier: number; match: string }[];
  all: string;
}

/**
 * Best are decisions whose titles have all words as they are asked for, then those whose titles have
 * all in some form, then those that have all as they are asked for somewhere, then the others.
 */
export function matchTiers(asked: readonly AskedWord[], dialect: Dialect): MatchTiers {
  const asTheyAre = asked.map(({ forms, beginning }) => ({ forms: forms.slice(0, 1), beginning }));
  const all = dialect.wanted(asked, "anywhere");
  const allInTitle = dialect.wanted(asked, "titles");
  if (asked.every(({ forms }) => forms.length === 1)) {
    const tiers = [
      { tier: 3, match: allInTitle },
      { tier: 1, match: dialect.without(all, allInTitle) },
    ];
    return { tiers, all };
  }
  const asAsked = dialect.wanted(asTheyAre, "anywhere");
  const asAskedInTitle = dialect.wanted(asTheyAre, "titles");
  const tiers = [
    { tier: 3, match: asAskedInTitle },
    { tier: 2, match: dialect.without(allInTitle, asAskedInTitle) },
    { tier: 1, match: dialect.without(asAsked, allInTitle) },
    { tier: 0, match: dialect.without(dialect.without(all, allInTitle), asAsked) },
  ];
  return { tiers, all };
}

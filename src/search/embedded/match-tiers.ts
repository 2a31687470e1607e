import type { AskedWord } from "./asked-words.ts";

/** All of these words, each in one of its forms, in titles alone or anywhere. */
export interface WantedWords {
  asked: readonly AskedWord[];
  place: "titles" | "anywhere";
}

/** What has the wanted words and not all of any of the others. */
export interface Match {
  wanted: WantedWords;
  without: readonly WantedWords[];
}

/** What an index is asked for, the best first, each without those before it; and all together. */
export interface MatchTiers {
  tiers: readonly { tier: number; match: Match }[];
  all: Match;
}

/**
 * Best are decisions whose titles have all words as they are asked for, then those whose titles have
 * all in some form, then those that have all as they are asked for somewhere, then the others.
 */
export function matchTiers(asked: readonly AskedWord[]): MatchTiers {
  const asTheyAre = asked.map(({ forms, beginning }) => ({ forms: forms.slice(0, 1), beginning }));
  const anywhere = { asked, place: "anywhere" } as const;
  const inTitle = { asked, place: "titles" } as const;
  const all = { wanted: anywhere, without: [] };
  if (asked.every(({ forms }) => forms.length === 1)) {
    const tiers = [
      { tier: 3, match: { wanted: inTitle, without: [] } },
      { tier: 1, match: { wanted: anywhere, without: [inTitle] } },
    ];
    return { tiers, all };
  }
  const asAsked = { asked: asTheyAre, place: "anywhere" } as const;
  const asAskedInTitle = { asked: asTheyAre, place: "titles" } as const;
  const tiers = [
    { tier: 3, match: { wanted: asAskedInTitle, without: [] } },
    { tier: 2, match: { wanted: inTitle, without: [asAskedInTitle] } },
    { tier: 1, match: { wanted: asAsked, without: [inTitle] } },
    { tier: 0, match: { wanted: anywhere, without: [inTitle, asAsked] } },
  ];
  return { tiers, all };
}

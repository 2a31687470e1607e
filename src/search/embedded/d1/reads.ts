import type { DecisionHit, DecisionQuery, FoundDecisions, SearchReads } from "../../search.ts";
import { type AskedWord, isAskedFor } from "../asked-words.ts";
import { askedWords } from "./asked-words.ts";
import { cursorOf } from "../cursor.ts";
import { facetNames, type DecisionFacets } from "../../search.ts";
import { highlightsOf, type TextCode } from "../highlights-of.ts";
import { nothingFound } from "../nothing-found.ts";
import { sortFacet } from "../sort-facet.ts";
import { findStatement } from "./find-statement.ts";
import { d1SearchStatistics } from "./statistics.ts";

/** A hit, or what there is in all, without an id and with facets as its JSON. */
type FoundRow = { id: string | null; score: number; opens_at: number; json: string | null };

export function d1SearchReads(db: D1Database): Omit<SearchReads, "health"> {
  return {
    async searchDecisions(query) {
      const asked = query.words === null ? null : await askedWords(db, query.words);
      if (asked?.length === 0) return nothingFound(query.withFacets);
      const { text, values } = findStatement(query, asked === null ? null : matchOf(asked));
      const { results } = await db
        .prepare(text)
        .bind(...values)
        .all<FoundRow>();
      return foundOf(query, results, asked);
    },

    statistics: (decisionId) => d1SearchStatistics(db, decisionId),

    async indexedTo() {
      const state = db.prepare("SELECT indexed_to FROM index_state");
      return (await state.first<number>("indexed_to")) ?? null;
    },
  };
}

/** FTS5's own words for it: each is a string in quotes, so that nothing in it is an operator. */
function matchOf(asked: readonly AskedWord[]): string {
  return asked
    .map(({ forms, beginning }) => {
      const whole = forms.map((form) => `"${form}"`);
      const begun = beginning === null ? [] : [`"${beginning}"*`];
      return `(${[...whole, ...begun].join(" OR ")})`;
    })
    .join(" AND ");
}

function foundOf(
  { perPage, withFacets }: DecisionQuery,
  rows: readonly FoundRow[],
  asked: readonly AskedWord[] | null,
): FoundDecisions {
  const found = rows.flatMap(({ id, ...row }) => (id === null ? [] : [{ id, ...row }]));
  const all = rows.find(({ id }) => id === null);
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const isFound = isAskedFor(asked ?? []);
  const hits = shown.map(({ id, json }): DecisionHit => {
    // Written by the writer, as it is read here.
    const texts = JSON.parse(json ?? "[]") as TextCode[];
    return { id, highlights: asked === null ? [] : highlightsOf(texts, isFound) };
  });
  return {
    hits,
    total: all?.score ?? 0,
    facets: withFacets ? facetsOf(all?.json ?? "{}") : null,
    next:
      last === undefined
        ? null
        : cursorOf({ score: last.score, opensAt: last.opens_at, id: last.id }),
  };
}

function facetsOf(json: string): DecisionFacets {
  // As the statement writes it.
  const codes = JSON.parse(json) as Record<string, [value: string, count: number][]>;
  const facets = facetNames.map((name) => {
    const values = codes[name] ?? [];
    return [name, sortFacet(values.map(([value, count]) => ({ value, count })))];
  });
  return Object.fromEntries(facets) as DecisionFacets;
}

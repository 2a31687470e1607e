import type { DecisionHit, DecisionQuery, FoundDecisions, SearchReads } from "../../search.ts";
import { type AskedWord, isAskedFor } from "../asked-words.ts";
import { askedWords } from "./asked-words.ts";
import { cursorOf } from "../cursor.ts";
import { facetNames, type DecisionFacets } from "../../search.ts";
import { highlightsOf, type TextCode } from "../highlights-of.ts";
import { nothingFound } from "../nothing-found.ts";
import { sortFacet } from "../sort-facet.ts";
import { type BoundStatement, countStatement, pageStatement } from "./find-statements.ts";
import { matchTiers } from "./match-tiers.ts";
import { d1SearchStatistics } from "./statistics.ts";

type HitRow = { number: number; tier: number; id: string; texts: string };
type CountRow = { total: number; facets: string | null };

export function d1SearchReads(db: D1Database): Omit<SearchReads, "health"> {
  const prepare = ({ text, values }: BoundStatement) => db.prepare(text).bind(...values);
  return {
    async searchDecisions(query) {
      const asked = query.words === null ? null : await askedWords(db, query.words);
      if (asked?.length === 0) return nothingFound(query.withFacets);
      const match = asked === null ? null : matchTiers(asked);
      const [page, count] = await db.batch([
        prepare(pageStatement(query, match)),
        prepare(countStatement(query, match)),
      ]);
      // Each statement names its columns so.
      const rows = (page?.results ?? []) as HitRow[];
      const [counted] = (count?.results ?? []) as CountRow[];
      return {
        ...hitsOf(query, rows, asked),
        total: counted?.total ?? 0,
        facets: query.withFacets ? facetsOf(counted?.facets ?? "{}") : null,
      };
    },

    statistics: (decisionId) => d1SearchStatistics(db, decisionId),

    async indexedTo() {
      const state = db.prepare("SELECT indexed_to FROM index_state");
      return (await state.first<number>("indexed_to")) ?? null;
    },
  };
}

function hitsOf(
  { perPage }: DecisionQuery,
  rows: readonly HitRow[],
  asked: readonly AskedWord[] | null,
): Pick<FoundDecisions, "hits" | "next"> {
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1) : undefined;
  const isFound = isAskedFor(asked ?? []);
  const hits = shown.map(({ id, texts }): DecisionHit => {
    // Written by the writer, as it is read here.
    const codes = asked === null ? [] : (JSON.parse(texts) as TextCode[]);
    return { id, highlights: highlightsOf(codes, isFound) };
  });
  return { hits, next: last === undefined ? null : cursorOf(last) };
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

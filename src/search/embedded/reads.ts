import type { DecisionQuery, SearchReads } from "../search.ts";
import { askedWords } from "./asked-words.ts";
import type { BoundStatement, Dialect } from "./draft-statement.ts";
import { pageStatement, type SelectHits } from "./find-statements.ts";
import { type CountRow, foundOf, type HitRow } from "./found.ts";
import { type MatchTiers, matchTiers } from "./match-tiers.ts";
import { nothingFound } from "./nothing-found.ts";
import { statisticsStatement } from "./statistics-statement.ts";
import { type StatisticCodes, statisticsOf } from "./statistics-of.ts";

/** What a database is asked by the embedded index. */
export interface EmbeddedReader {
  dialect: Dialect;
  /** `$1` or `?1`: `WordRange`s or null in a JSON array; a row `{ words }` for each, a JSON array of known words. */
  knownWords: string;
  selectHits: SelectHits;
  /** How many there are in all, and by facet: one row `{ total, facets }`. */
  countStatement(query: DecisionQuery, match: MatchTiers | null): BoundStatement;
  /** The rows of each statement, on one way to the database. */
  readAll(statements: readonly BoundStatement[]): Promise<unknown[][]>;
}

export function embeddedReads(database: EmbeddedReader): Omit<SearchReads, "health"> {
  const { dialect, knownWords } = database;
  const readRows = async (statement: BoundStatement) =>
    (await database.readAll([statement]))[0] ?? [];
  return {
    async searchDecisions(query) {
      const asked =
        query.words === null
          ? null
          : await askedWords(query.words, async (ranges) => {
              const rows = await readRows({ text: knownWords, values: [JSON.stringify(ranges)] });
              return (rows as { words: string }[]).map(
                ({ words }) => JSON.parse(words) as string[],
              );
            });
      if (asked?.length === 0) return nothingFound(query.withFacets);
      const match = asked === null ? null : matchTiers(asked);
      const [rows, counts] = await database.readAll([
        pageStatement(query, match, database),
        database.countStatement(query, match),
      ]);
      // Each statement names its columns so.
      const [count] = (counts ?? []) as CountRow[];
      return foundOf(query, asked, { rows: (rows ?? []) as HitRow[], count });
    },

    async statistics(decisionId) {
      const [row] = await readRows(statisticsStatement(decisionId, dialect));
      const { codes } = row as { codes: string };
      // As the statement writes it.
      return statisticsOf(JSON.parse(codes) as StatisticCodes);
    },

    async indexedTo() {
      const [row] = await readRows({ text: "SELECT indexed_to FROM search_state", values: [] });
      return (row as { indexed_to: number | null }).indexed_to;
    },
  };
}

import type { SqlDatabase } from "./sql-database.ts";
import { limits } from "../../../shared/limits.ts";
import type { Dialect } from "../draft-statement.ts";
import type { EmbeddedReader } from "../reads.ts";
import { d1CountStatement } from "./count-statement.ts";
import { d1Hits } from "./select-hits.ts";

const dialect: Dialect = {
  marker: "?",
  // FTS5 takes nothing else for a bound of its row ids.
  integer: (parameter) => `CAST(${parameter} AS INTEGER)`,
  textsOf: (parameter) => `SELECT value FROM json_each(${parameter})`,
  arraysOf: (columns, selection) =>
    `SELECT json_group_array(json_array(${columns})) FROM (${selection})`,
  objectOf: (members) => {
    const named = Object.entries(members).map(([name, json]) => `'${name}', json((${json}))`);
    return `json_object(${named.join(", ")})`;
  },
  arrayOf: (values) => `json_array(${values})`,
  monthOf: (time) => `strftime('%Y-%m', ${time} / 1000, 'unixepoch')`,
};

const knownWords = `
  SELECT (
    SELECT json_group_array(word) FROM (
      SELECT word FROM search_known_words
      WHERE word >= range.value->>'from' AND word < range.value->>'to'
        AND length(word) BETWEEN range.value->>'lengthMin' AND range.value->>'lengthMax'
      LIMIT ${limits.searchKnownWordsMax}
    )
  ) AS words
  FROM json_each(?1) AS range ORDER BY range.key`;

export function d1Reader(db: SqlDatabase): EmbeddedReader {
  return {
    dialect,
    knownWords,
    selectHits: d1Hits,
    countStatement: (query, match) => d1CountStatement(query, match, dialect),
    async readAll(statements) {
      const answers = await db.batch(
        statements.map(({ text, values }) => db.prepare(text).bind(...values)),
      );
      return answers.map(({ results }) => results);
    },
  };
}

import type { PostgresSession } from "../../../database/postgres/session.ts";
import { limits } from "../../../shared/limits.ts";
import type { Dialect } from "../draft-statement.ts";
import type { EmbeddedReader } from "../reads.ts";
import { postgresCountStatement } from "./count-statement.ts";
import { postgresHits } from "./select-hits.ts";

const dialect: Dialect = {
  marker: "$",
  integer: (parameter) => `${parameter}::bigint`,
  textsOf: (parameter) => `SELECT jsonb_array_elements_text(${parameter}::jsonb)`,
  arraysOf: (columns, selection) =>
    `SELECT coalesce(json_agg(json_build_array(${columns})), '[]') FROM (${selection}) AS arrays`,
  objectOf: (members) => {
    const named = Object.entries(members).map(([name, json]) => `'${name}', (${json})`);
    return `json_build_object(${named.join(", ")})::text`;
  },
  arrayOf: (values) => `json_build_array(${values})`,
  monthOf: (time) => `to_char(to_timestamp(${time} / 1000) AT TIME ZONE 'UTC', 'YYYY-MM')`,
};

const knownWords = `
  SELECT (
    SELECT coalesce(json_agg(word), '[]')::text FROM (
      SELECT word FROM search_known_words
      WHERE word >= range->>'from' AND word < range->>'to'
        AND char_length(word) BETWEEN (range->>'lengthMin')::integer AND (range->>'lengthMax')::integer
      LIMIT ${limits.searchKnownWordsMax}
    ) AS known
  ) AS words
  FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS each(range, place) ORDER BY place`;

const bigint = 20;
const numeric = 1_700;
/** Whole numbers below 2^53, all of them. */
const types = {
  getTypeParser: (oid: number) => (text: string) =>
    oid === bigint || oid === numeric || oid === integer ? Number(text) : text,
};
const integer = 23;

export function postgresReader(session: PostgresSession): EmbeddedReader {
  return {
    dialect,
    knownWords,
    selectHits: postgresHits,
    countStatement: (query, match) => postgresCountStatement(query, match, dialect),
    readAll: (statements) =>
      session.run(async (client) => {
        const answers: unknown[][] = [];
        for (const { text, values } of statements)
          answers.push((await client.query({ text, values, types })).rows);
        return answers;
      }),
  };
}

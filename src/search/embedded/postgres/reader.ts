import type { PostgresSession } from "../../../database/postgres/session.ts";
import { limits } from "../../../shared/limits.ts";
import type { AskedWord } from "../asked-words.ts";
import type { Dialect } from "../draft-statement.ts";
import type { WantedWords } from "../match-tiers.ts";
import type { EmbeddedReader } from "../reads.ts";

const dialect: Dialect = {
  marker: "$",
  integer: (parameter) => `${parameter}::bigint`,
  textsOf: (parameter) => `SELECT jsonb_array_elements_text(${parameter}::jsonb)`,
  matches: ({ wanted, without }, bind) => {
    const matches = ({ asked, place }: WantedWords) =>
      `${place === "titles" ? "titles" : "words"} @@ ${bind(wantedQuery(asked))}::tsquery`;
    return [matches(wanted), ...without.map((unwanted) => `NOT ${matches(unwanted)}`)].join(
      " AND ",
    );
  },
  matchedDecisions: () => "search_decisions",
  numberOfMatch: "number",
  countedKinds: ({ wanted }, { bind, from, to }) =>
    `SELECT * FROM count_search_kinds(${bind(wantedQuery(wanted.asked))}::tsquery, ${from}, ${to})`,
  arraysOf: (columns, selection) =>
    `SELECT coalesce(json_agg(json_build_array(${columns})), '[]') FROM (${selection}) AS arrays`,
  objectOf: (members) => {
    const named = Object.entries(members).map(([name, json]) => `'${name}', (${json})`);
    return `json_build_object(${named.join(", ")})::text`;
  },
  arrayOf: (values) => `json_build_array(${values})`,
  monthOf: (time) => `to_char(to_timestamp(${time} / 1000) AT TIME ZONE 'UTC', 'YYYY-MM')`,
};

function wantedQuery(asked: readonly AskedWord[]): string {
  return asked.map(wordExpression).join(" & ");
}

/** Words in quotes, which hold none, so that nothing in them is an operator. */
function wordExpression({ forms, beginning }: AskedWord): string {
  const whole = forms.map((form) => `'${form}'`);
  const begun = beginning === null ? [] : [`'${beginning}':*`];
  return `(${[...whole, ...begun].join(" | ")})`;
}

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
    readAll: (statements) =>
      session.run(async (client) => {
        const answers: unknown[][] = [];
        for (const { text, values } of statements)
          answers.push((await client.query({ text, values, types })).rows);
        return answers;
      }),
  };
}

import type { SqlDatabase } from "./sql-database.ts";
import { limits } from "../../../shared/limits.ts";
import type { AskedWord } from "../asked-words.ts";
import type { Dialect } from "../draft-statement.ts";
import type { WantedWords } from "../match-tiers.ts";
import type { EmbeddedReader } from "../reads.ts";

const dialect: Dialect = {
  marker: "?",
  // FTS5 takes nothing else for a bound of its row ids.
  integer: (parameter) => `CAST(${parameter} AS INTEGER)`,
  textsOf: (parameter) => `SELECT value FROM json_each(${parameter})`,
  matches: ({ wanted, without }, bind) => {
    const found = without.reduce(
      (expression, unwanted) => `(${expression}) NOT (${wantedExpression(unwanted)})`,
      wantedExpression(wanted),
    );
    return `search_words MATCH ${bind(found)}`;
  },
  // Words first, whatever SQLite thinks of it: what they find is in the order of numbers.
  matchedDecisions: (withKinds) =>
    withKinds
      ? "search_words CROSS JOIN search_decisions ON search_decisions.number = search_words.rowid"
      : "search_words",
  numberOfMatch: "search_words.rowid",
  countedKinds: null,
  arraysOf: (columns, selection) =>
    `SELECT json_group_array(json_array(${columns})) FROM (${selection})`,
  objectOf: (members) => {
    const named = Object.entries(members).map(([name, json]) => `'${name}', json((${json}))`);
    return `json_object(${named.join(", ")})`;
  },
  arrayOf: (values) => `json_array(${values})`,
  monthOf: (time) => `strftime('%Y-%m', ${time} / 1000, 'unixepoch')`,
};

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
    async readAll(statements) {
      const answers = await db.batch(
        statements.map(({ text, values }) => db.prepare(text).bind(...values)),
      );
      return answers.map(({ results }) => results);
    },
  };
}

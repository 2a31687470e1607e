import { limits } from "../../../shared/limits.ts";
import type { DecisionFilters, DecisionQuery } from "../../search.ts";
import { readCursor } from "../cursor.ts";

/** A statement, and what it binds. */
export interface BoundStatement {
  text: string;
  values: (string | number)[];
}

const columns = "number, id, status, outcome, owner, opens_at";
/** A word in a title says five times as much as one in a description. */
const score = "CAST(bm25(found_words, 5.0, 1.0) * -1000000 AS INTEGER)";

/**
 * Finds decisions: one statement, since each is a round of its own. Its rows are hits
 * `[id, score, opens_at, texts]` and the last, without an id: `[null, total, null, facets]`. D1 takes five
 * terms of a UNION at most.
 */
export function findStatement(query: DecisionQuery, match: string | null): BoundStatement {
  const values: (string | number)[] = [];
  const bind = (value: string | number): string => `?${values.push(value)}`;
  const conditions = filterConditions(query.filters, bind);
  const from =
    match === null
      ? `SELECT ${columns}, 0 AS score FROM found_decisions`
      : `SELECT ${columns}, ${score} AS score FROM found_words JOIN found_decisions ON number = found_words.rowid`;
  if (match !== null) conditions.unshift(`found_words MATCH ${bind(match)}`);
  const after = query.after === null ? [] : [afterCondition(query.after, bind)];
  const text = `
    WITH found AS MATERIALIZED (${from} ${where(conditions)}),
    page AS MATERIALIZED (
      SELECT * FROM found ${where(after)} ORDER BY score DESC, opens_at DESC, id DESC LIMIT ${bind(query.perPage + 1)}
    )
    SELECT id, score, page.opens_at, texts AS json FROM page JOIN found_decisions USING (number, id)
    UNION ALL SELECT NULL, (SELECT count(*) FROM found), NULL, ${query.withFacets ? facets : "NULL"}`;
  return { text, values };
}

type Bind = (value: string | number) => string;

function filterConditions(filters: DecisionFilters, bind: Bind): string[] {
  const { statuses, outcomes, region, owner, from, to } = filters;
  const among = (values: readonly string[]) =>
    `(SELECT value FROM json_each(${bind(JSON.stringify(values))}))`;
  return [
    ...(statuses === undefined ? [] : [`status IN ${among(statuses)}`]),
    ...(outcomes === undefined ? [] : [`outcome IN ${among(outcomes)}`]),
    ...(region === undefined
      ? []
      : [`number IN (SELECT number FROM found_regions WHERE region = ${bind(region)})`]),
    ...(owner === undefined ? [] : [`owner = ${bind(owner)}`]),
    ...(from === undefined ? [] : [`opens_at >= ${bind(from)}`]),
    ...(to === undefined ? [] : [`opens_at < ${bind(to)}`]),
  ];
}

function afterCondition(after: NonNullable<DecisionQuery["after"]>, bind: Bind): string {
  const place = readCursor(after);
  return `(score, opens_at, id) < (${bind(place.score)}, ${bind(place.opensAt)}, ${bind(place.id)})`;
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
}

const facetOf = (value: string, from = "found") => `
  SELECT json_group_array(json_array(value, count)) FROM (
    SELECT ${value} AS value, count(*) AS count FROM ${from} WHERE ${value} IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limits.searchFacetValuesMax}
  )`;

/** Each facet as `[[value, count], …]`. */
const facets = `json_object(
  'status', json((${facetOf("status")})),
  'outcome', json((${facetOf("outcome")})),
  'region', json((${facetOf("region", "found JOIN found_regions USING (number)")})),
  'owner', json((${facetOf("owner")})),
  'year', json((${facetOf("strftime('%Y', opens_at / 1000, 'unixepoch')")}))
)`;

import { limits } from "../../../shared/limits.ts";
import type { DecisionFilters, DecisionQuery } from "../../search.ts";
import { readCursor } from "../cursor.ts";
import type { MatchTiers } from "./match-tiers.ts";
import { firstNumberAt } from "./numbers.ts";

/** A statement, and what it binds. */
export interface BoundStatement {
  text: string;
  values: (string | number)[];
}

/** A statement that is being written; `bind` answers how it names a value. */
class Draft {
  readonly values: (string | number)[] = [];

  bind(value: string | number): string {
    return `?${this.values.push(value)}`;
  }

  /** Numbers as SQLite's integers, which alone bound FTS5's row ids. */
  bindNumber(value: number): string {
    return `CAST(${this.bind(value)} AS INTEGER)`;
  }

  finish(text: string): BoundStatement {
    return { text, values: this.values };
  }
}

/** A page of hits and one more, as rows `{ number, tier, id, texts }`. */
export function pageStatement(query: DecisionQuery, match: MatchTiers | null): BoundStatement {
  const draft = new Draft();
  const after = query.after === null ? null : readCursor(query.after);
  const limit = draft.bind(query.perPage + 1);
  const number = match === null ? "number" : "found_words.rowid";
  const filters = filterConditions(query.filters, number, draft);
  const from = match === null ? "found_decisions" : wordsAndDecisions(filters.length > 0);
  const select = (tier: number, more: readonly string[]) => {
    const isLast = after?.tier === tier;
    const beyond = isLast ? [`${number} < ${draft.bindNumber(after.number)}`] : [];
    return `SELECT * FROM (
      SELECT ${number} AS number, ${tier} AS tier FROM ${from} ${where([...more, ...filters, ...beyond])}
      ORDER BY ${number} DESC LIMIT ${limit}
    )`;
  };
  const tiers = (match?.tiers ?? [{ tier: 0, match: null }]).filter(
    ({ tier }) => after === null || tier <= after.tier,
  );
  const found = tiers.map((each) =>
    select(each.tier, each.match === null ? [] : [`found_words MATCH ${draft.bind(each.match)}`]),
  );
  return draft.finish(`
    WITH page AS (
      SELECT * FROM (${found.join(" UNION ALL ") || "SELECT NULL AS number, 0 AS tier WHERE false"})
      ORDER BY tier DESC, number DESC LIMIT ${limit}
    )
    SELECT number, tier, id, texts FROM page JOIN found_decisions USING (number) JOIN found_texts USING (number)`);
}

/** How many there are in all, and by facet: one row `{ total, facets }`. */
export function countStatement(query: DecisionQuery, match: MatchTiers | null): BoundStatement {
  const draft = new Draft();
  const number = match === null ? "number" : "found_words.rowid";
  const filters = filterConditions(query.filters, number, draft);
  const words = match === null ? [] : [`found_words MATCH ${draft.bind(match.all)}`];
  const needsKinds = query.withFacets || filters.length > 0;
  const from = match === null ? "found_decisions" : wordsAndDecisions(needsKinds);
  const conditions = where([...words, ...filters]);
  if (!query.withFacets)
    return draft.finish(`SELECT count(*) AS total, NULL AS facets FROM ${from} ${conditions}`);
  return draft.finish(`
    WITH counted AS MATERIALIZED (SELECT kind, count(*) AS n FROM ${from} ${conditions} GROUP BY kind),
    kinds AS MATERIALIZED (SELECT * FROM counted JOIN found_kinds USING (kind)),
    lists AS MATERIALIZED (SELECT regions, sum(n) AS n FROM kinds GROUP BY regions)
    SELECT (SELECT coalesce(sum(n), 0) FROM counted) AS total, json_object(
      'status', json((${facetOf("status", "kinds")})),
      'outcome', json((${facetOf("outcome", "kinds")})),
      'region', json((${facetOf("region", "lists JOIN listed_regions USING (regions)")})),
      'owner', json((${facetOf("owner", "kinds")})),
      'year', json((${facetOf("year", "kinds")}))
    ) AS facets`);
}

/** The words come first, whatever SQLite thinks of it: what they find is in the order of numbers. */
function wordsAndDecisions(withDecisions: boolean): string {
  return withDecisions
    ? "found_words CROSS JOIN found_decisions ON found_decisions.number = found_words.rowid"
    : "found_words";
}

const facetOf = (value: string, from: string) => `
  SELECT json_group_array(json_array(value, count)) FROM (
    SELECT ${value} AS value, sum(n) AS count FROM ${from} WHERE ${value} <> ''
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limits.searchFacetValuesMax}
  )`;

function filterConditions(filters: DecisionFilters, number: string, draft: Draft): string[] {
  const { statuses, outcomes, region, owner, from, to } = filters;
  const among = (values: readonly string[]) =>
    `(SELECT value FROM json_each(${draft.bind(JSON.stringify(values))}))`;
  const ofKind = [
    ...(statuses === undefined ? [] : [`status IN ${among(statuses)}`]),
    ...(outcomes === undefined ? [] : [`outcome IN ${among(outcomes)}`]),
    ...(region === undefined
      ? []
      : [`regions IN (SELECT regions FROM listed_regions WHERE region = ${draft.bind(region)})`]),
    ...(owner === undefined ? [] : [`owner = ${draft.bind(owner)}`]),
  ];
  return [
    ...(ofKind.length === 0 ? [] : [`kind IN (SELECT kind FROM found_kinds ${where(ofKind)})`]),
    ...(from === undefined
      ? []
      : [
          `${number} >= ${draft.bindNumber(firstNumberAt(from))}`,
          `opens_at >= ${draft.bind(from)}`,
        ]),
    ...(to === undefined
      ? []
      : [
          `${number} <= ${draft.bindNumber(firstNumberAt(to + 1_000))}`,
          `opens_at < ${draft.bind(to)}`,
        ]),
  ];
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
}

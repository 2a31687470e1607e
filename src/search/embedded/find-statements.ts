import type { DecisionQuery } from "../search.ts";
import { readCursor } from "./cursor.ts";
import { type BoundStatement, type Dialect, DraftStatement, where } from "./draft-statement.ts";
import { filterConditions } from "./filter-conditions.ts";
import type { MatchTiers } from "./match-tiers.ts";

/** A page of hits and one more: rows `{ number, tier, id, texts }`. */
export function pageStatement(
  query: DecisionQuery,
  match: MatchTiers | null,
  dialect: Dialect,
): BoundStatement {
  const draft = new DraftStatement(dialect);
  const after = query.after === null ? null : readCursor(query.after);
  const limit = draft.bindInteger(query.perPage + 1);
  const number = match === null ? "number" : dialect.numberOfMatch;
  const filters = filterConditions(query.filters, number, draft);
  const from = match === null ? "search_decisions" : dialect.matchedDecisions(filters.length > 0);
  const select = (tier: number, words: readonly string[]) => {
    const isLast = after?.tier === tier;
    const beyond = isLast ? [`${number} < ${draft.bindInteger(after.number)}`] : [];
    return `SELECT * FROM (
      SELECT ${number} AS number, ${tier} AS tier FROM ${from} ${where([...words, ...filters, ...beyond])}
      ORDER BY ${number} DESC LIMIT ${limit}
    ) AS tier${tier}`;
  };
  const tiers = (match?.tiers ?? [{ tier: 0, match: null }])
    .filter(({ tier }) => after === null || tier <= after.tier)
    .map((each) =>
      select(
        each.tier,
        each.match === null ? [] : [dialect.matches(each.match, (text) => draft.bind(text))],
      ),
    );
  const found = tiers.length === 0 ? [select(0, ["1 = 0"])] : tiers;
  return draft.finish(`
    WITH page AS (
      SELECT * FROM (${found.join(" UNION ALL ")}) AS found ORDER BY tier DESC, number DESC LIMIT ${limit}
    )
    SELECT number, tier, id, texts
    FROM page JOIN search_decisions USING (number) JOIN search_texts USING (number)
    ORDER BY tier DESC, number DESC`);
}

import type { DecisionFilters, DecisionQuery } from "../search.ts";
import { readCursor } from "./cursor.ts";
import { type BoundStatement, type Dialect, DraftStatement } from "./draft-statement.ts";
import type { Match, MatchTiers } from "./match-tiers.ts";

/** Which hits are wanted, of one tier. */
export interface WantedHits {
  /** Null where nothing is asked in words. */
  match: Match | null;
  filters: DecisionFilters;
  /** Only numbers below; null for all. */
  below: number | null;
  /** How many at most, in SQL; where it is 0, nothing is looked up. */
  limit: string;
}

/** A selection of `number`, the highest first. */
export type SelectHits = (wanted: WantedHits, draft: DraftStatement) => string;

/**
 * A page of hits and one more: rows `{ number, tier, id, texts }`. A tier is looked up where those
 * before it leave room.
 */
export function pageStatement(
  { after, filters, perPage }: DecisionQuery,
  match: MatchTiers | null,
  { dialect, selectHits }: { dialect: Dialect; selectHits: SelectHits },
): BoundStatement {
  const draft = new DraftStatement(dialect);
  const last = after === null ? null : readCursor(after);
  const most = draft.bindInteger(perPage + 1);
  const tiers = (match?.tiers ?? [{ tier: 0, match: null }]).filter(
    ({ tier }) => last === null || tier <= last.tier,
  );
  const tables = tiers.map((each, index) => {
    const found = tiers.slice(0, index).map(({ tier }) => ` - (SELECT count(*) FROM tier${tier})`);
    const below = last?.tier === each.tier ? last.number : null;
    const limit = `${most}${found.join("")}`;
    const hits = selectHits({ match: each.match, filters, below, limit }, draft);
    return `tier${each.tier} AS MATERIALIZED (${hits})`;
  });
  const selections = tiers.map(({ tier }) => `SELECT number, ${tier} AS tier FROM tier${tier}`);
  if (tiers.length === 0) selections.push(`SELECT 0 AS number, 0 AS tier LIMIT ${most} * 0`);
  return draft.finish(`
    WITH ${[...tables, `page AS (${selections.join(" UNION ALL ")})`].join(", ")}
    SELECT number, tier, id, texts
    FROM page JOIN search_decisions USING (number) JOIN search_texts USING (number)
    ORDER BY tier DESC, number DESC`);
}

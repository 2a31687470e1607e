import { numberOfNext, numberOfSecond } from "../numbers.ts";

/**
 * ?1: [[id, version, status, outcome, owner, opens_at, closed_at, electorate, voted, texts, words of
 * titles, words of descriptions, regions], …], each id once.
 */
const given = `
  WITH given AS (
    SELECT value->>0 AS id, value->>1 AS version, value->>2 AS status, value->>3 AS outcome, value->>4 AS owner,
      value->>5 AS opens_at, value->>6 AS closed_at, value->>7 AS electorate, value->>8 AS voted, value->9 AS texts,
      value->>10 AS titles, value->>11 AS descriptions, value->12 AS regions,
      strftime('%Y', (value->>5) / 1000, 'unixepoch') AS year
    FROM json_each(?1)
  )`;

const round = "(SELECT round FROM search_state)";

/**
 * Known decisions that are replaced. A row of an earlier round is as good as none while a rebuild is
 * under way: whatever version it says, it is what a rebuild is there to mend.
 */
const replaced = `
  SELECT known.number FROM given JOIN search_decisions AS known USING (id)
  WHERE given.version > known.version OR known.round < ${round}`;

/** Those of the given that have just been written, and have no texts yet. */
const written = `
  FROM given JOIN search_decisions AS known USING (id, version)
  WHERE NOT EXISTS (SELECT 1 FROM search_texts WHERE search_texts.number = known.number)`;

/**
 * Writes decisions in this order, all with the same parameter. `WHERE true` keeps SQLite from reading
 * ON CONFLICT as part of a join.
 */
export const decisionWrites: readonly string[] = [
  `${given} DELETE FROM search_words WHERE rowid IN (${replaced})`,
  `${given} DELETE FROM search_texts WHERE number IN (${replaced})`,
  `${given} DELETE FROM search_decisions WHERE number IN (${replaced})`,
  `${given} INSERT INTO search_region_lists (list) SELECT regions FROM given WHERE true ON CONFLICT DO NOTHING`,
  `${given}
    INSERT INTO search_listed_regions (region, regions)
    SELECT region.value, search_region_lists.regions
    FROM (SELECT DISTINCT regions AS list FROM given) JOIN search_region_lists USING (list), json_each(list) AS region
    WHERE true ON CONFLICT DO NOTHING`,
  `${given}
    INSERT INTO search_kinds (status, outcome, owner, year, regions)
    SELECT status, outcome, owner, year, search_region_lists.regions FROM given JOIN search_region_lists ON list = given.regions
    WHERE true ON CONFLICT DO NOTHING`,
  `${given}
    INSERT INTO search_decisions (number, id, version, round, kind, opens_at, closed_at, electorate, voted)
    SELECT
      coalesce(
        (SELECT max(number) FROM search_decisions WHERE number >= ${numberOfSecond("given.opens_at")} AND number < ${numberOfNext("given.opens_at")}),
        ${numberOfSecond("given.opens_at")}
      ) + row_number() OVER (PARTITION BY given.opens_at / 1000 ORDER BY given.opens_at, id),
      id, version, ${round}, kind, opens_at, closed_at, electorate, voted
    FROM given JOIN search_region_lists ON list = given.regions
      JOIN search_kinds USING (status, outcome, owner, year)
    WHERE search_kinds.regions = search_region_lists.regions AND id NOT IN (SELECT id FROM search_decisions)`,
  `${given} INSERT INTO search_words (rowid, titles, descriptions) SELECT number, titles, descriptions ${written}`,
  // Words hold nothing that JSON escapes.
  `${given}
    INSERT INTO search_known_words (word, round)
    SELECT DISTINCT word.value, ${round}
    FROM given, json_each('["' || replace(titles || ' ' || descriptions, ' ', '","') || '"]') AS word
    WHERE word.value <> ''
    ON CONFLICT (word) DO UPDATE SET round = excluded.round WHERE excluded.round > search_known_words.round`,
  `${given} INSERT INTO search_texts (number, texts) SELECT number, texts ${written}`,
];

export const ballotWrites = {
  /** ?1: [[decision_id, page], …]. */
  removePages: `
    DELETE FROM search_ballots WHERE (decision_id, page) IN (SELECT value->>0, value->>1 FROM json_each(?1))`,
  /** ?1: [[decision_id, page, region, month, yes, no, abstain], …]. */
  insertBallots: `
    INSERT INTO search_ballots (decision_id, page, region, month, round, yes_ballots, no_ballots, abstain_ballots)
    SELECT value->>0, value->>1, value->>2, value->>3, ${round}, value->>4, value->>5, value->>6 FROM json_each(?1)`,
} as const;

export const stateWrites = {
  /** ?1: ms. */
  noteIndexedTo: `UPDATE search_state SET indexed_to = max(coalesce(indexed_to, 0), ?1)`,
  beginRebuild: `UPDATE search_state SET round = round + 1, is_rebuilding = 1 RETURNING round, is_rebuilding`,
  /** ?1: the round that is finished. */
  finishRebuild: `UPDATE search_state SET is_rebuilding = 0 WHERE round = ?1`,
} as const;

const oldDecisions =
  "SELECT number FROM search_decisions WHERE round < ?1 ORDER BY number LIMIT ?2";

const unusedLists = "regions NOT IN (SELECT regions FROM search_kinds)";

/**
 * What stands from rounds before, and what no decision has any more, in this order. A list goes after
 * its regions, since a new one may get its number; whoever needs it in between writes them again. ?1: the round that is finished, ?2: how many rows at most.
 */
export const removals: readonly string[] = [
  `DELETE FROM search_words WHERE rowid IN (${oldDecisions})`,
  `DELETE FROM search_texts WHERE number IN (${oldDecisions})`,
  `DELETE FROM search_decisions WHERE number IN (${oldDecisions})`,
  `DELETE FROM search_ballots WHERE (decision_id, page, region, month) IN (
    SELECT decision_id, page, region, month FROM search_ballots WHERE round < ?1 LIMIT ?2
  )`,
  `DELETE FROM search_known_words WHERE word IN (SELECT word FROM search_known_words WHERE round < ?1 LIMIT ?2)`,
  `DELETE FROM search_kinds WHERE kind IN (
    SELECT kind FROM search_kinds WHERE NOT EXISTS (SELECT 1 FROM search_decisions WHERE search_decisions.kind = search_kinds.kind) LIMIT ?2
  )`,
  `DELETE FROM search_listed_regions WHERE (regions, region) IN (
    SELECT regions, region FROM search_listed_regions WHERE ${unusedLists} LIMIT ?2
  )`,
  `DELETE FROM search_region_lists WHERE regions IN (
    SELECT regions FROM search_region_lists AS lists
    WHERE ${unusedLists} AND NOT EXISTS (SELECT 1 FROM search_listed_regions AS listed WHERE listed.regions = lists.regions) LIMIT ?2
  )`,
];

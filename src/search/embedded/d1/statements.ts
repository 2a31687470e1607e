/**
 * Writes of the embedded index in D1, each of one JSON parameter. `WHERE true` keeps SQLite from
 * reading ON CONFLICT as part of a join. The round of a row is the newest one's.
 */
export const writeStatements = {
  /**
   * ?1: [[id, version, status, outcome, owner, opens_at, closed_at, electorate, voted, texts, …], …].
   * A row of an earlier round is as good as none while a rebuild is under way: whatever version it
   * says, it is what a rebuild is there to mend.
   */
  upsertDecisions: `
    INSERT INTO found_decisions (id, version, round, status, outcome, owner, opens_at, closed_at, electorate, voted, texts)
    SELECT value->>0, value->>1, (SELECT round FROM index_state), value->>2, value->>3, value->>4, value->>5, value->>6,
      value->>7, value->>8, value->9
    FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET
      version = excluded.version, round = excluded.round, status = excluded.status, outcome = excluded.outcome,
      owner = excluded.owner, opens_at = excluded.opens_at, closed_at = excluded.closed_at,
      electorate = excluded.electorate, voted = excluded.voted, texts = excluded.texts
    WHERE excluded.version > found_decisions.version OR excluded.round > found_decisions.round`,

  /** ?1 as above: what follows is written for decisions that have just that version by now. */
  removeWords: `
    DELETE FROM found_words WHERE rowid IN (
      SELECT number FROM json_each(?1) JOIN found_decisions AS known ON known.id = value->>0 AND version = value->>1
    )`,
  /** ?1: […, 10: words of titles, 11: of descriptions, …]. */
  insertWords: `
    INSERT INTO found_words (rowid, titles, descriptions)
    SELECT number, value->>10, value->>11
    FROM json_each(?1) JOIN found_decisions AS known ON known.id = value->>0 AND version = value->>1`,
  removeRegions: `
    DELETE FROM found_regions WHERE number IN (
      SELECT number FROM json_each(?1) JOIN found_decisions AS known ON known.id = value->>0 AND version = value->>1
    )`,
  /** ?1: […, 12: [region, …]]. */
  insertRegions: `
    INSERT INTO found_regions (number, region)
    SELECT number, region.value
    FROM json_each(?1) AS decision JOIN found_decisions AS known ON known.id = decision.value->>0 AND version = decision.value->>1,
      json_each(decision.value->12) AS region
    WHERE true ON CONFLICT DO NOTHING`,
  /** Words hold nothing that JSON escapes. */
  insertKnownWords: `
    INSERT INTO known_words (word, round)
    SELECT DISTINCT word.value, (SELECT round FROM index_state)
    FROM json_each(?1) AS decision,
      json_each('["' || replace((decision.value->>10) || ' ' || (decision.value->>11), ' ', '","') || '"]') AS word
    WHERE word.value <> ''
    ON CONFLICT (word) DO UPDATE SET round = excluded.round WHERE excluded.round > known_words.round`,

  /** ?1: [[decision_id, page], …]. */
  removePages: `
    DELETE FROM counted_ballots
    WHERE (decision_id, page) IN (SELECT value->>0, value->>1 FROM json_each(?1))`,
  /** ?1: [[decision_id, page, region, month, yes, no, abstain], …]. */
  insertBallots: `
    INSERT INTO counted_ballots (decision_id, page, region, month, round, yes_ballots, no_ballots, abstain_ballots)
    SELECT value->>0, value->>1, value->>2, value->>3, (SELECT round FROM index_state), value->>4, value->>5, value->>6
    FROM json_each(?1)`,

  /** ?1: ms. */
  noteIndexedTo: `UPDATE index_state SET indexed_to = max(coalesce(indexed_to, 0), ?1)`,
  beginRebuild: `UPDATE index_state SET round = round + 1, is_rebuilding = 1`,
  /** ?1: the round that is finished, ?2: how many rows at most. */
  removeOldWords: `
    DELETE FROM found_words WHERE rowid IN (SELECT number FROM found_decisions WHERE round < ?1 LIMIT ?2)`,
  removeOldRegions: `
    DELETE FROM found_regions WHERE number IN (SELECT number FROM found_decisions WHERE round < ?1 LIMIT ?2)`,
  removeOldDecisions: `
    DELETE FROM found_decisions WHERE number IN (SELECT number FROM found_decisions WHERE round < ?1 LIMIT ?2)`,
  removeOldBallots: `
    DELETE FROM counted_ballots WHERE (decision_id, page, region, month) IN (
      SELECT decision_id, page, region, month FROM counted_ballots WHERE round < ?1 LIMIT ?2
    )`,
  removeOldKnownWords: `
    DELETE FROM known_words WHERE word IN (SELECT word FROM known_words WHERE round < ?1 LIMIT ?2)`,
  finishRebuild: `UPDATE index_state SET is_rebuilding = 0 WHERE round = ?1`,
} as const;

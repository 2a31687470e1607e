/**
 * Statements that stay SQL: a column as one array each, whatever the number of rows, so that
 * Postgres plans them once.
 */
export const statements = {
  /**
   * The procedure is in migrations/postgres/0002_apply_ballots.sql; its last parameter is its
   * answer.
   */
  applyBallots: "CALL apply_ballots($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)",
  /** The same for nothing: whether the login may do its work, and whether it is there. */
  applyNothing: "CALL apply_ballots('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', NULL)",
  removeBallots: "CALL remove_ballots($1, $2, $3, $4, $5, $6, $7, $8)",
  /** Its last parameter is its answer: how many rows of ballots went. */
  forgetBallots: "CALL forget_ballots($1, $2, NULL)",
  createPartitionsAhead: "CALL create_vote_partitions_ahead($1)",

  /** A decision's row and its results: one statement, so one transaction. */
  project: `
    WITH decision AS (
      INSERT INTO decisions (id, title, status, created_at, audience, document, revision, owner)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $21)
      ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, status = excluded.status, audience = excluded.audience,
        document = excluded.document, revision = excluded.revision
      WHERE decisions.revision < excluded.revision
    ), listed AS (
      INSERT INTO listed_results (decision_id, version, document)
      SELECT $1::text, $19::bigint, $20::text WHERE $19::bigint IS NOT NULL
      ON CONFLICT (decision_id) DO UPDATE SET version = excluded.version, document = excluded.document
      WHERE listed_results.version < excluded.version
    )
    INSERT INTO regional_results (region, decision_id, version, as_of, is_final,
      yes_ballots, yes_weight, no_ballots, no_weight, abstain_ballots, abstain_weight)
    SELECT * FROM unnest($8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::boolean[],
      $13::bigint[], $14::numeric[], $15::bigint[], $16::numeric[], $17::bigint[], $18::numeric[])
    ON CONFLICT (region, decision_id) DO UPDATE SET
      version = excluded.version, as_of = excluded.as_of, is_final = excluded.is_final,
      yes_ballots = excluded.yes_ballots, yes_weight = excluded.yes_weight,
      no_ballots = excluded.no_ballots, no_weight = excluded.no_weight,
      abstain_ballots = excluded.abstain_ballots, abstain_weight = excluded.abstain_weight
    WHERE excluded.version >= regional_results.version`,

  removeDecision: "DELETE FROM decisions WHERE id = $1",

  /** A dead letter may come again from its log. */
  keepDeadLetters: `
    INSERT INTO dead_letters (id, decision_id, shard, seq, body, cause, retries, at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::text[], $6::text[], $7::integer[], $8::bigint[])
    ON CONFLICT (id) DO UPDATE SET
      body = excluded.body, cause = excluded.cause, retries = dead_letters.retries + excluded.retries, at = excluded.at
    WHERE excluded.at > dead_letters.at`,
} as const;

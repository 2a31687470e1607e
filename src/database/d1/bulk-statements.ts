/**
 * Writes. Those of many rows have one JSON parameter each, since D1 takes at most 100 bound ones.
 * `WHERE true` keeps SQLite from reading ON CONFLICT as part of a join
 * (sqlite.org/lang_UPSERT.html, "Parsing Ambiguity").
 */
export const bulkStatements = {
  /**
   * ?1: [[[decision_id, shard, choice, region, weight, accepted_at], {seq: pid, …}], …], ballots
   * that are alike together. A ballot never changes, so a known one is left alone. Materialized,
   * since SQLite would else parse a kind again for each of its ballots.
   */
  insertBallots: `
    WITH kind AS MATERIALIZED (
      SELECT value->>'$[0][0]' AS decision_id, value->>'$[0][1]' AS shard, value->>'$[0][2]' AS choice, value->>'$[0][3]' AS region,
        value->>'$[0][4]' AS weight, value->>'$[0][5]' AS accepted_at, value->1 AS pids
      FROM json_each(?1)
    )
    INSERT INTO votes (decision_id, shard, seq, pid, choice, region, weight, accepted_at)
    SELECT kind.decision_id, kind.shard, CAST(ballot.key AS INTEGER), ballot.value, kind.choice, kind.region, kind.weight, kind.accepted_at
    FROM kind, json_each(kind.pids) AS ballot WHERE true
    ON CONFLICT (decision_id, shard, seq) DO NOTHING`,

  /**
   * ?1: [[decision_id, shard, from_seq, to_seq], …], a run of ballots just stored for each shard.
   * Moves the shard to the last ballot before its first gap: to the run's end, where the run
   * reaches back to what was applied before, and on from there over what had come early.
   */
  advanceProgress: `
    WITH run AS (
      SELECT value->>0 AS decision_id, value->>1 AS shard, value->>2 AS from_seq, value->>3 AS to_seq FROM json_each(?1)
    ), reached AS (
      SELECT run.decision_id, run.shard, COALESCE(known.applied_seq, 0) AS applied_seq,
        iif(run.from_seq <= COALESCE(known.applied_seq, 0) + 1, max(run.to_seq, COALESCE(known.applied_seq, 0)),
          COALESCE(known.applied_seq, 0)) AS seq
      FROM run LEFT JOIN shard_progress AS known ON known.decision_id = run.decision_id AND known.shard = run.shard
    ), walked AS MATERIALIZED (
      SELECT reached.decision_id, reached.shard, reached.applied_seq, CASE
        WHEN EXISTS (
          SELECT 1 FROM votes AS following
          WHERE following.decision_id = reached.decision_id AND following.shard = reached.shard
            AND following.seq = reached.seq + 1
        ) THEN (
          SELECT early.seq FROM votes AS early
          WHERE early.decision_id = reached.decision_id AND early.shard = reached.shard AND early.seq > reached.seq
            AND NOT EXISTS (
              SELECT 1 FROM votes AS following
              WHERE following.decision_id = early.decision_id AND following.shard = early.shard
                AND following.seq = early.seq + 1
            )
          ORDER BY early.seq LIMIT 1
        )
        ELSE reached.seq END AS seq
      FROM reached
    )
    INSERT INTO shard_progress (decision_id, shard, applied_seq)
    SELECT decision_id, shard, seq FROM walked WHERE seq > applied_seq
    ON CONFLICT (decision_id, shard) DO UPDATE SET applied_seq = excluded.applied_seq`,

  /** ?1: [[decision_id, shard], …]. A shard with nothing before its first gap has no progress. */
  readProgress: `
    SELECT known.decision_id, known.shard, known.applied_seq
    FROM json_each(?1) AS key
    JOIN shard_progress AS known ON known.decision_id = key.value->>0 AND known.shard = key.value->>1
    WHERE known.applied_seq > 0`,

  /** ?1: [[decision_id, shard, seq, pid, choice, region, weight, accepted_at], …]. */
  removeBallots: `
    DELETE FROM votes
    WHERE (decision_id, shard, seq) IN (SELECT value->>0, value->>1, value->>2 FROM json_each(?1))
      AND (decision_id, shard, seq, pid, choice, region, weight, accepted_at) IN (
        SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7 FROM json_each(?1)
      )`,

  /** ?1: [[decision_id, shard, seq], …]: none of these is stored. */
  reduceProgress: `
    UPDATE shard_progress SET applied_seq = first.seq - 1
    FROM (
      SELECT value->>0 AS decision_id, value->>1 AS shard, min(value->>2) AS seq FROM json_each(?1) GROUP BY 1, 2
    ) AS first
    WHERE shard_progress.decision_id = first.decision_id AND shard_progress.shard = first.shard
      AND shard_progress.applied_seq >= first.seq`,

  /**
   * ?1: id, ?2: title, ?3: status, ?4: created_at, ?5: audience, ?6: document, ?7: revision,
   * ?8: owner, which never changes.
   * Text, since Drizzle's builder costs more than the statement.
   */
  upsertDecision: `
    INSERT INTO decisions (id, title, status, created_at, audience, document, revision, owner)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, status = excluded.status, audience = excluded.audience,
      document = excluded.document, revision = excluded.revision
    WHERE excluded.revision > decisions.revision`,

  /** ?1: decision_id, ?2: version, ?3: document. */
  upsertListedResult: `
    INSERT INTO listed_results (decision_id, version, document) VALUES (?1, ?2, ?3)
    ON CONFLICT (decision_id) DO UPDATE SET version = excluded.version, document = excluded.document
    WHERE excluded.version > listed_results.version`,

  /**
   * ?1: [[region, decision_id, version, as_of, is_final, yes, its weight, no, its weight, abstain,
   * its weight], …].
   */
  upsertRegionalResults: `
    INSERT INTO regional_results (region, decision_id, version, as_of, is_final,
      yes_ballots, yes_weight, no_ballots, no_weight, abstain_ballots, abstain_weight)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10
    FROM json_each(?1) WHERE true
    ON CONFLICT (region, decision_id) DO UPDATE SET
      version = excluded.version, as_of = excluded.as_of, is_final = excluded.is_final,
      yes_ballots = excluded.yes_ballots, yes_weight = excluded.yes_weight,
      no_ballots = excluded.no_ballots, no_weight = excluded.no_weight,
      abstain_ballots = excluded.abstain_ballots, abstain_weight = excluded.abstain_weight
    WHERE excluded.version >= regional_results.version`,

  /** ?1: a decision, ?2: how many of its rows go at most. */
  forgetBallots: `
    DELETE FROM votes WHERE decision_id = ?1 AND (shard, seq) IN (
      SELECT shard, seq FROM votes WHERE decision_id = ?1 ORDER BY shard, seq LIMIT ?2
    )`,

  /**
   * ?1: [[id, decision_id, shard, seq, body, cause, retries, at], …]. A dead letter may come again
   * from its log.
   */
  upsertDeadLetters: `
    INSERT INTO dead_letters (id, decision_id, shard, seq, body, cause, retries, at)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7 FROM json_each(?1) WHERE true
    ON CONFLICT (id) DO UPDATE SET
      body = excluded.body, cause = excluded.cause, retries = dead_letters.retries + excluded.retries, at = excluded.at
    WHERE excluded.at > dead_letters.at`,
} as const;

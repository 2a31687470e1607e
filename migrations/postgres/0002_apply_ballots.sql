-- The partitions of a decision, so that no query of its ballots looks into others.
CREATE FUNCTION decision_partition_bounds(decision text, OUT regions text[], OUT since bigint, OUT until bigint)
  LANGUAGE sql STABLE
  SET search_path = public, pg_temp
  RETURN (
    SELECT ROW(coalesce(array_agg(DISTINCT region), '{}'), min(quarter), next_vote_quarter(max(quarter)))
    FROM decision_partitions WHERE decision_id = decision
  );
--> statement-breakpoint
-- Which seqs of a shard between these two are stored, whatever region and time they are stored with.
CREATE FUNCTION stored_seqs(decision text, shard_number integer, first_seq bigint, last_seq bigint) RETURNS bigint[]
  LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp
  SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  bounds record;
BEGIN
  SELECT * INTO bounds FROM decision_partition_bounds(decision);
  RETURN coalesce((
    SELECT array_agg(seq) FROM votes
    WHERE decision_id = decision AND shard = shard_number AND seq BETWEEN first_seq AND last_seq
      AND region = ANY (bounds.regions) AND accepted_at >= bounds.since AND accepted_at < bounds.until
  ), '{}');
END $$;
--> statement-breakpoint
-- The last seq of a shard's ballots before the first gap after `reached`: read one by one, and no further than the gap.
-- So nothing may be sorted: a gap may have a million ballots behind it, and each batch asks.
CREATE FUNCTION end_of_run(decision text, shard_number integer, reached bigint) RETURNS bigint
  LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp
  SET enable_sort = off
  SET enable_bitmapscan = off
  SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  bounds record;
  found bigint;
BEGIN
  SELECT * INTO bounds FROM decision_partition_bounds(decision);
  FOR found IN
    SELECT seq FROM votes
    WHERE decision_id = decision AND shard = shard_number AND seq > reached
      AND region = ANY (bounds.regions) AND accepted_at >= bounds.since AND accepted_at < bounds.until
    ORDER BY seq
  LOOP
    EXIT WHEN found <> reached + 1;
    reached := found;
  END LOOP;
  RETURN reached;
END $$;
--> statement-breakpoint
-- Stores a batch of ballots and moves the progress of their shards: one statement of the writer, so one transaction and one way to the
-- database and back. `decisions` and `shards` name each shard once, in order; `shard_indexes` says for each ballot which of them is its own. No
-- ballot stands twice in a batch. `applied` is the progress of the shards, in their order. A procedure and no function, since a pooler that
-- sees a SELECT may answer it from a cache.
--
-- The key of `votes` can't hold "(decision, shard, seq) once", since it must hold region and time. A shard's row of progress is locked, so
-- one batch of it is written at a time, and what is stored already is looked up first, where the shard's highest seq says that there can be any.
CREATE PROCEDURE apply_ballots(
  decisions text[], shards integer[],
  shard_indexes integer[], seqs bigint[], pids text[], choices text[], regions text[], weights bigint[], times bigint[],
  OUT applied bigint[]
)
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
  -- Plans with the values at hand leave out partitions, before they are locked; those for any values can't.
  SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  touched record;
  known_shard_indexes integer[] := '{}';
  known_seqs bigint[] := '{}';
  stored bigint[];
  reached bigint;
BEGIN
  -- First of all: whoever makes a partition waits for inserts that are under way, and must hold nothing that those wait for.
  -- Materialized, since Postgres would else look for the partition of every ballot and not of every pair.
  PERFORM create_vote_partitions(array_agg(region), array_agg(quarter))
    FROM (
      WITH pair AS MATERIALIZED (SELECT DISTINCT region, vote_quarter(at) AS quarter FROM unnest(regions, times) AS ballot(region, at))
      SELECT * FROM pair WHERE NOT has_vote_partition(region, quarter)
    ) AS missing
    HAVING count(*) > 0;

  INSERT INTO shard_progress (decision_id, shard, applied_seq, highest_seq)
    SELECT decision_id, shard, 0, 0 FROM unnest(decisions, shards) AS key(decision_id, shard)
    ON CONFLICT DO NOTHING;
  PERFORM 1 FROM shard_progress JOIN unnest(decisions, shards) AS key(decision_id, shard) USING (decision_id, shard)
    ORDER BY decision_id, shard FOR UPDATE OF shard_progress;
  INSERT INTO decision_partitions (decision_id, region, quarter)
    SELECT DISTINCT decisions[shard_index], region, vote_quarter(at) FROM unnest(shard_indexes, regions, times) AS ballot(shard_index, region, at)
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING;

  FOR touched IN
    SELECT shard_index, decision_id, shard, min(seq) AS first_seq, max(seq) AS last_seq
    FROM unnest(shard_indexes, seqs) AS ballot(shard_index, seq)
    JOIN unnest(decisions, shards) WITH ORDINALITY AS key(decision_id, shard, shard_index) USING (shard_index)
    JOIN shard_progress USING (decision_id, shard)
    GROUP BY shard_index, decision_id, shard, highest_seq HAVING min(seq) <= highest_seq
  LOOP
    stored := stored_seqs(touched.decision_id, touched.shard, touched.first_seq, touched.last_seq);
    known_seqs := known_seqs || stored;
    known_shard_indexes := known_shard_indexes || array_fill(touched.shard_index::integer, ARRAY[cardinality(stored)]);
  END LOOP;

  INSERT INTO votes (decision_id, shard, seq, pid, choice, region, weight, accepted_at)
    SELECT decisions[shard_index], shards[shard_index], seq, pid, choice, region, weight, at
    FROM unnest(shard_indexes, seqs, pids, choices, regions, weights, times) AS ballot(shard_index, seq, pid, choice, region, weight, at)
    WHERE NOT EXISTS (
      SELECT FROM unnest(known_shard_indexes, known_seqs) AS known(shard_index, seq) WHERE known.shard_index = ballot.shard_index AND known.seq = ballot.seq
    )
    ON CONFLICT DO NOTHING;

  FOR touched IN
    SELECT decision_id, shard, applied_seq, greatest(highest_seq, max(seq)) AS highest_seq, max(seq) AS last_seq,
      min(seq) <= applied_seq + 1 AND count(*) = max(seq) - min(seq) + 1 AS is_next
    FROM unnest(shard_indexes, seqs) AS ballot(shard_index, seq)
    JOIN unnest(decisions, shards) WITH ORDINALITY AS key(decision_id, shard, shard_index) USING (shard_index)
    JOIN shard_progress USING (decision_id, shard)
    GROUP BY shard_index, decision_id, shard, applied_seq, highest_seq
  LOOP
    reached := touched.applied_seq;
    IF touched.is_next THEN reached := greatest(reached, touched.last_seq); END IF;
    -- Something stands beyond a gap, or did: the run after `reached` ends before the first seq that is missing.
    IF touched.highest_seq > reached THEN
      reached := end_of_run(touched.decision_id, touched.shard, reached);
    END IF;
    UPDATE shard_progress SET applied_seq = reached, highest_seq = touched.highest_seq
      WHERE shard_progress.decision_id = touched.decision_id AND shard_progress.shard = touched.shard;
  END LOOP;

  applied := ARRAY(
    SELECT applied_seq
    FROM unnest(decisions, shards) WITH ORDINALITY AS key(decision_id, shard, shard_index) JOIN shard_progress USING (decision_id, shard)
    ORDER BY shard_index
  );
END $$;
--> statement-breakpoint
-- What rebuilds have removed, since the record does not have it. The Worker adds to it by `remove_ballots` alone.
CREATE TABLE removed_votes (LIKE votes, removed_at timestamptz NOT NULL DEFAULT now());
--> statement-breakpoint
-- Removes exactly these ballots of a decision and keeps them in `removed_votes`. With the owner's rights, since the Worker's role may
-- remove no row: whoever has its login can take ballots out of the lists, but not without a trace. The progress goes back before the
-- first of each shard; `highest_seq` stays, since it only says how far to look.
CREATE PROCEDURE remove_ballots(
  decision text, shards integer[], seqs bigint[], pids text[], choices text[], regions text[], weights bigint[], times bigint[]
)
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM FROM public.shard_progress WHERE decision_id = decision AND shard = ANY (shards) ORDER BY shard FOR UPDATE;
  WITH removed AS (
    DELETE FROM public.votes AS stored
    USING unnest(shards, seqs, pids, choices, regions, weights, times) AS foreign_ballot(shard, seq, pid, choice, region, weight, at)
    WHERE stored.decision_id = decision AND stored.region = ANY (regions)
      AND stored.shard = foreign_ballot.shard AND stored.seq = foreign_ballot.seq AND stored.region = foreign_ballot.region
      AND stored.accepted_at = foreign_ballot.at AND stored.pid = foreign_ballot.pid AND stored.choice = foreign_ballot.choice
      AND stored.weight = foreign_ballot.weight
    RETURNING stored.decision_id, stored.shard, stored.seq, stored.pid, stored.choice, stored.region, stored.weight, stored.accepted_at
  )
  INSERT INTO public.removed_votes (decision_id, shard, seq, pid, choice, region, weight, accepted_at) SELECT * FROM removed;
  UPDATE public.shard_progress AS known SET applied_seq = first.seq - 1
    FROM (SELECT shard, min(seq) AS seq FROM unnest(shards, seqs) AS foreign_ballot(shard, seq) GROUP BY shard) AS first
    WHERE known.decision_id = decision AND known.shard = first.shard AND known.applied_seq >= first.seq;
END $$;
--> statement-breakpoint
-- Removes at most `most` rows of a decision's ballots and, once there is none, what else is known of them. With the owner's rights, since the
-- Worker's role may remove no row; so of a decision that was certified alone, whose publication is in its room. A partition that is detached
-- is not reached.
CREATE PROCEDURE forget_ballots(decision text, most bigint, INOUT forgotten bigint)
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  regions text[];
BEGIN
  IF NOT EXISTS (SELECT FROM public.decisions WHERE id = decision AND status = 'certified') THEN
    RAISE EXCEPTION 'only what is certified is forgotten' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  PERFORM FROM public.shard_progress WHERE decision_id = decision ORDER BY shard FOR UPDATE;
  SELECT array_agg(DISTINCT region) INTO regions FROM public.decision_partitions WHERE decision_id = decision;
  DELETE FROM public.votes AS stored
    WHERE stored.decision_id = decision AND stored.region = ANY (regions) AND (stored.shard, stored.seq) IN (
      SELECT shard, seq FROM public.votes WHERE decision_id = decision AND region = ANY (regions) ORDER BY shard, seq LIMIT most
    );
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  IF forgotten > 0 THEN RETURN; END IF;
  DELETE FROM public.removed_votes WHERE decision_id = decision;
  DELETE FROM public.dead_letters WHERE decision_id = decision;
  DELETE FROM public.decision_partitions WHERE decision_id = decision;
  DELETE FROM public.shard_progress WHERE decision_id = decision;
END $$;

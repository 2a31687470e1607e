-- One index of words answers everything about them: words of titles stand in it a second time, with a dot before, so that "in a title" and
-- "not in a title" are looked up there as well. Regions are counted beside kinds, not as a part of them: there were nearly as many kinds as
-- decisions. The index is empty after this: `enviro reindex` fills it.
TRUNCATE search_decisions, search_texts, search_kinds, search_region_lists, search_listed_regions, search_known_words, search_ballots;
--> statement-breakpoint
DROP FUNCTION count_search_kinds(tsquery, bigint, bigint);
--> statement-breakpoint
DROP INDEX search_decisions_by_titles;
--> statement-breakpoint
DROP INDEX search_decisions_by_kind;
--> statement-breakpoint
ALTER TABLE search_decisions DROP COLUMN titles, ADD COLUMN regions integer NOT NULL;
--> statement-breakpoint
ALTER TABLE search_kinds DROP COLUMN regions, ADD UNIQUE (status, outcome, owner, year);
--> statement-breakpoint
-- All that is counted where no words are asked for.
CREATE INDEX search_decisions_by_kind ON search_decisions (kind, regions, opens_at);
--> statement-breakpoint
CREATE INDEX search_decisions_by_regions ON search_decisions (regions);
--> statement-breakpoint
-- As before; `words` is an array of all words of the index.
CREATE OR REPLACE PROCEDURE index_search_decisions(given jsonb)
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  now_round integer;
  decision record;
  region_list integer;
  list_digest bytea;
  decision_kind integer;
  first_number bigint;
  next_number bigint;
BEGIN
  SELECT round INTO now_round FROM search_state FOR UPDATE;
  FOR decision IN
    SELECT each.* FROM jsonb_to_recordset(given) AS each(
      id text, version bigint, status text, outcome text, owner text, opens_at bigint, closed_at bigint,
      electorate bigint, voted bigint, texts text, words text[], regions jsonb
    )
    LEFT JOIN search_decisions AS known ON known.id = each.id
    WHERE known.id IS NULL OR known.version < each.version OR known.round < now_round
    ORDER BY each.opens_at, each.id
  LOOP
    DELETE FROM search_decisions WHERE id = decision.id;

    list_digest := sha256(convert_to(decision.regions::text, 'UTF8'));
    SELECT regions INTO region_list FROM search_region_lists WHERE sha256 = list_digest;
    IF region_list IS NULL THEN
      INSERT INTO search_region_lists (sha256) VALUES (list_digest) RETURNING regions INTO region_list;
      INSERT INTO search_listed_regions (region, regions)
        SELECT DISTINCT region, region_list FROM jsonb_array_elements_text(decision.regions) AS region;
    END IF;

    INSERT INTO search_kinds (status, outcome, owner, year)
      VALUES (decision.status, decision.outcome, decision.owner, to_char(to_timestamp(decision.opens_at / 1000) AT TIME ZONE 'UTC', 'YYYY'))
      ON CONFLICT (status, outcome, owner, year) DO UPDATE SET year = excluded.year
      RETURNING kind INTO decision_kind;

    first_number := (decision.opens_at / 1000) << 20;
    SELECT coalesce(max(number), first_number) + 1 INTO next_number
      FROM search_decisions WHERE number >= first_number AND number < first_number + (1 << 20);
    INSERT INTO search_decisions (number, id, version, round, kind, regions, opens_at, closed_at, electorate, voted, words)
      VALUES (next_number, decision.id, decision.version, now_round, decision_kind, region_list, decision.opens_at, decision.closed_at,
        decision.electorate, decision.voted, array_to_tsvector(decision.words));
    INSERT INTO search_texts (number, texts) VALUES (next_number, decision.texts);
    INSERT INTO search_known_words (word, round)
      SELECT word, now_round FROM unnest(decision.words) AS word WHERE NOT starts_with(word, '.')
      ON CONFLICT (word) DO UPDATE SET round = excluded.round WHERE search_known_words.round < excluded.round;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE OR REPLACE PROCEDURE remove_old_search(finished integer, most bigint, INOUT removed bigint)
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM 1 FROM search_state FOR UPDATE;
  removed := 0;
  DELETE FROM search_decisions WHERE number IN (SELECT number FROM search_decisions WHERE round < finished LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  removed := removed + gone;
  DELETE FROM search_ballots WHERE (decision_id, page) IN (SELECT decision_id, page FROM search_ballots WHERE round < finished LIMIT most)
    AND round < finished;
  GET DIAGNOSTICS gone = ROW_COUNT;
  removed := removed + gone;
  DELETE FROM search_known_words WHERE word IN (SELECT word FROM search_known_words WHERE round < finished LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  removed := removed + gone;
  DELETE FROM search_kinds WHERE kind IN (
    SELECT kind FROM search_kinds WHERE NOT EXISTS (SELECT FROM search_decisions WHERE search_decisions.kind = search_kinds.kind) LIMIT most
  );
  GET DIAGNOSTICS gone = ROW_COUNT;
  removed := removed + gone;
  DELETE FROM search_region_lists WHERE regions IN (
    SELECT regions FROM search_region_lists
    WHERE NOT EXISTS (SELECT FROM search_decisions WHERE search_decisions.regions = search_region_lists.regions) LIMIT most
  );
  GET DIAGNOSTICS gone = ROW_COUNT;
  removed := removed + gone;
  DELETE FROM search_listed_regions WHERE (regions, region) IN (
    SELECT regions, region FROM search_listed_regions WHERE regions NOT IN (SELECT regions FROM search_region_lists) LIMIT most
  );
  GET DIAGNOSTICS gone = ROW_COUNT;
  removed := removed + gone;
END $$;
--> statement-breakpoint
-- Counts in one pass, by kind where `regions` is null, and by list of regions where `kind` is null: decisions with these words that were
-- opened then (ms), by kind those of `of_lists`, by list those of `of_kinds`. Null takes all. Words are looked up in their index: Postgres takes
-- comparing them for cheap and would read the whole table.
CREATE FUNCTION count_search_decisions(wanted tsquery, opened_from bigint, opened_to bigint, of_kinds integer[], of_lists integer[])
  RETURNS TABLE (kind integer, regions integer, n bigint)
  LANGUAGE plpgsql STABLE ROWS 2000
  SET enable_seqscan = off
  SET enable_sort = off
  SET search_path = public, pg_temp
AS $$
DECLARE
  counted_kinds text := '';
  counted_lists text := '';
  conditions text := 'true';
BEGIN
  IF of_lists IS NOT NULL THEN
    counted_kinds := 'FILTER (WHERE regions IN (SELECT unnest($5)))';
  END IF;
  IF of_kinds IS NOT NULL THEN
    counted_lists := 'FILTER (WHERE kind IN (SELECT unnest($4)))';
  END IF;
  IF wanted IS NOT NULL THEN
    conditions := 'words @@ $1';
  END IF;
  IF opened_from IS NOT NULL THEN
    conditions := conditions || ' AND opens_at >= $2';
  END IF;
  IF opened_to IS NOT NULL THEN
    conditions := conditions || ' AND opens_at < $3';
  END IF;
  RETURN QUERY EXECUTE format(
    'SELECT kind, regions, CASE WHEN kind IS NULL THEN count(*) %s ELSE count(*) %s END
    FROM search_decisions WHERE %s GROUP BY GROUPING SETS ((kind), (regions))',
    counted_lists, counted_kinds, conditions
  ) USING wanted, opened_from, opened_to, of_kinds, of_lists;
END $$;
--> statement-breakpoint
-- The newest `most` decisions with these words, whose numbers are below; other arguments as above. What many have is found among the newest
-- thousand; else it is looked up in the index of words, for whose matches the order of numbers is no help: hence `+ 0`.
CREATE FUNCTION find_search_decisions(
  wanted tsquery, below bigint, opened_from bigint, opened_to bigint, of_kinds integer[], of_lists integer[], most bigint
)
  RETURNS SETOF bigint
  LANGUAGE plpgsql STABLE ROWS 20
  SET enable_seqscan = off
  SET search_path = public, pg_temp
AS $$
DECLARE
  found_newest bigint;
  looked_to bigint;
BEGIN
  RETURN QUERY SELECT number
    FROM (SELECT * FROM search_decisions WHERE number < below ORDER BY number DESC LIMIT 1000) AS newest
    WHERE words @@ wanted
      AND (opened_from IS NULL OR opens_at >= opened_from) AND (opened_to IS NULL OR opens_at < opened_to)
      AND (of_kinds IS NULL OR kind IN (SELECT unnest(of_kinds))) AND (of_lists IS NULL OR regions IN (SELECT unnest(of_lists)))
    ORDER BY number DESC LIMIT most;
  GET DIAGNOSTICS found_newest = ROW_COUNT;
  SELECT number INTO looked_to FROM search_decisions WHERE number < below ORDER BY number DESC OFFSET 999 LIMIT 1;
  IF found_newest = most OR looked_to IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT number
    FROM search_decisions
    WHERE words @@ wanted AND number + 0 < looked_to
      AND (opened_from IS NULL OR opens_at >= opened_from) AND (opened_to IS NULL OR opens_at < opened_to)
      AND (of_kinds IS NULL OR kind IN (SELECT unnest(of_kinds))) AND (of_lists IS NULL OR regions IN (SELECT unnest(of_lists)))
    ORDER BY number + 0 DESC LIMIT most - found_newest;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON ROUTINE
  count_search_decisions(tsquery, bigint, bigint, integer[], integer[]),
  find_search_decisions(tsquery, bigint, bigint, bigint, integer[], integer[], bigint)
  FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON ROUTINE
  count_search_decisions(tsquery, bigint, bigint, integer[], integer[]),
  find_search_decisions(tsquery, bigint, bigint, bigint, integer[], integer[], bigint)
  TO voting_worker, voting_auditor;

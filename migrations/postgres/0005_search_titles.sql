-- What titles have by itself: a GIN index knows no weights, so that a word that is to be in a title would be looked up in every row that has it
-- anywhere.
ALTER TABLE search_decisions ADD COLUMN titles tsvector NOT NULL GENERATED ALWAYS AS (ts_filter(words, '{a}')) STORED;
--> statement-breakpoint
CREATE INDEX search_decisions_by_titles ON search_decisions USING gin (titles) WITH (fastupdate = off);
--> statement-breakpoint
-- How many decisions of each kind have these words and were opened then (ms; null is any time). What many decisions have is counted by the
-- index of words: Postgres takes comparing words for cheap and would read them all.
CREATE FUNCTION count_search_kinds(wanted tsquery, opened_from bigint, opened_to bigint)
  RETURNS TABLE (kind integer, n bigint)
  LANGUAGE sql STABLE ROWS 10000
  SET enable_seqscan = off
  SET search_path = public, pg_temp
AS $$
  SELECT kind, count(*) FROM search_decisions
  WHERE words @@ wanted
    AND (opened_from IS NULL OR opens_at >= opened_from) AND (opened_to IS NULL OR opens_at < opened_to)
  GROUP BY kind
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION count_search_kinds(tsquery, bigint, bigint) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION count_search_kinds(tsquery, bigint, bigint) TO voting_worker, voting_auditor;

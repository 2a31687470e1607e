-- The embedded index of decisions and of the ballots of certified ones, as migrations/search has it for D1. All of it can be filled again
-- (`enviro reindex`). `round` is the rebuild that a row was last written in: finishing one removes the rows of rounds before.
--
-- What facets count of a decision is its kind. The number is the second of its opening, times 2^20, and a count behind it, so that its order
-- is the one in which decisions are found.
CREATE TABLE search_decisions (
  number bigint PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  version bigint NOT NULL,
  round integer NOT NULL,
  kind integer NOT NULL,
  opens_at bigint NOT NULL,
  closed_at bigint,
  electorate bigint,
  voted bigint,
  -- The words of src/search/embedded/words.ts: those of titles with weight A, those of descriptions with B.
  words tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX search_decisions_by_kind ON search_decisions (kind, number);
--> statement-breakpoint
CREATE INDEX search_decisions_by_words ON search_decisions USING gin (words) WITH (fastupdate = off);
--> statement-breakpoint
-- [[language, title, description], …] as JSON, for highlights.
CREATE TABLE search_texts (
  number bigint PRIMARY KEY REFERENCES search_decisions ON DELETE CASCADE,
  texts text NOT NULL
);
--> statement-breakpoint
-- What decisions have in common that are counted by the same facets. Empty is none.
CREATE TABLE search_kinds (
  kind integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  status text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL,
  year text COLLATE "C" NOT NULL,
  regions integer NOT NULL,
  UNIQUE (status, outcome, owner, year, regions)
);
--> statement-breakpoint
-- Lists of regions, each once; a long one is no key.
CREATE TABLE search_region_lists (
  regions integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea NOT NULL UNIQUE
);
--> statement-breakpoint
CREATE TABLE search_listed_regions (
  region text COLLATE "C" NOT NULL,
  regions integer NOT NULL,
  PRIMARY KEY (regions, region)
);
--> statement-breakpoint
CREATE INDEX search_listed_regions_by_region ON search_listed_regions (region, regions);
--> statement-breakpoint
-- All words that stood in the index since a rebuild, among which those with other letters are sought.
CREATE TABLE search_known_words (word text COLLATE "C" PRIMARY KEY, round integer NOT NULL);
--> statement-breakpoint
-- Counted ballots of a page of a publication; the region is empty where the publication hides it. A month is `2026-11`, in UTC.
CREATE TABLE search_ballots (
  decision_id text COLLATE "C" NOT NULL,
  page integer NOT NULL,
  region text COLLATE "C" NOT NULL,
  month text COLLATE "C" NOT NULL,
  round integer NOT NULL,
  yes_ballots integer NOT NULL,
  no_ballots integer NOT NULL,
  abstain_ballots integer NOT NULL,
  PRIMARY KEY (decision_id, page, region, month)
);
--> statement-breakpoint
-- One row: up to when changes are in the index (ms), the newest rebuild, and whether it is under way.
CREATE TABLE search_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  indexed_to bigint,
  round integer NOT NULL DEFAULT 0,
  is_rebuilding boolean NOT NULL DEFAULT false
);
--> statement-breakpoint
INSERT INTO search_state DEFAULT VALUES;
--> statement-breakpoint
-- Indexes decisions: one statement, so one transaction. Each is `{id, version, status, outcome, owner, opens_at, closed_at, electorate, voted,
-- texts, words, regions}`, and stands once. Writers take turns by the row of `search_state`, so no number is given twice.
--
-- A row of an earlier round is as good as none while a rebuild is under way: whatever version it says, it is what a rebuild is there to mend.
CREATE PROCEDURE index_search_decisions(given jsonb)
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
      electorate bigint, voted bigint, texts text, words text, regions jsonb
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

    INSERT INTO search_kinds (status, outcome, owner, year, regions)
      VALUES (decision.status, decision.outcome, decision.owner, to_char(to_timestamp(decision.opens_at / 1000) AT TIME ZONE 'UTC', 'YYYY'), region_list)
      ON CONFLICT (status, outcome, owner, year, regions) DO UPDATE SET regions = excluded.regions
      RETURNING kind INTO decision_kind;

    first_number := (decision.opens_at / 1000) << 20;
    SELECT coalesce(max(number), first_number) + 1 INTO next_number
      FROM search_decisions WHERE number >= first_number AND number < first_number + (1 << 20);
    INSERT INTO search_decisions (number, id, version, round, kind, opens_at, closed_at, electorate, voted, words)
      VALUES (next_number, decision.id, decision.version, now_round, decision_kind, decision.opens_at, decision.closed_at,
        decision.electorate, decision.voted, decision.words::tsvector);
    INSERT INTO search_texts (number, texts) VALUES (next_number, decision.texts);
    INSERT INTO search_known_words (word, round)
      SELECT word, now_round FROM unnest(tsvector_to_array(decision.words::tsvector)) AS word
      ON CONFLICT (word) DO UPDATE SET round = excluded.round WHERE search_known_words.round < excluded.round;
  END LOOP;
END $$;
--> statement-breakpoint
-- Replaces pages, `[{decision_id, page}, …]`, by their counts, `[{decision_id, page, region, month, yes, no, abstain}, …]`.
CREATE PROCEDURE index_search_ballots(pages jsonb, counts jsonb)
  LANGUAGE plpgsql
  SET search_path = public, pg_temp
AS $$
DECLARE
  now_round integer;
BEGIN
  SELECT round INTO now_round FROM search_state FOR UPDATE;
  DELETE FROM search_ballots AS known USING jsonb_to_recordset(pages) AS each(decision_id text, page integer)
    WHERE known.decision_id = each.decision_id AND known.page = each.page;
  INSERT INTO search_ballots (decision_id, page, region, month, round, yes_ballots, no_ballots, abstain_ballots)
    SELECT each.decision_id, each.page, each.region, each.month, now_round, each.yes, each.no, each.abstain
    FROM jsonb_to_recordset(counts) AS each(decision_id text, page integer, region text, month text, yes integer, no integer, abstain integer);
END $$;
--> statement-breakpoint
-- Removes what stands from rounds before `finished`, and the kinds and lists that no decision has, at most `most` rows of each table; `removed`
-- says how many went. Of a list its regions go last: whoever needs it in between writes it anew.
CREATE PROCEDURE remove_old_search(finished integer, most bigint, INOUT removed bigint)
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
    SELECT regions FROM search_region_lists WHERE regions NOT IN (SELECT regions FROM search_kinds) LIMIT most
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
REVOKE EXECUTE ON ROUTINE
  index_search_decisions(jsonb),
  index_search_ballots(jsonb, jsonb),
  remove_old_search(integer, bigint, bigint)
  FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON ROUTINE
  index_search_decisions(jsonb),
  index_search_ballots(jsonb, jsonb),
  remove_old_search(integer, bigint, bigint)
  TO voting_worker;
--> statement-breakpoint
-- Nothing of it is a record, so the Worker may do everything with its rows.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  search_decisions, search_texts, search_kinds, search_region_lists, search_listed_regions, search_known_words, search_ballots
  TO voting_worker;
--> statement-breakpoint
GRANT SELECT, UPDATE ON search_state TO voting_worker;
--> statement-breakpoint
GRANT SELECT ON
  search_decisions, search_texts, search_kinds, search_region_lists, search_listed_regions, search_known_words, search_ballots, search_state
  TO voting_auditor;

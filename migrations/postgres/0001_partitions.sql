-- Partitions of `votes`: a list of regions, then quarters (UTC). Names are made of hashes, since regions are organisers' words.
--
-- Every further partition costs each query that can't leave it out, so 64 regions have partitions of their own: the first to vote. All
-- later ones share votes_other, the default. Postgres refuses a region a partition of its own once the default holds rows of it, so a
-- region that is there stays there. Quarters have no default: the writer makes what is missing, and one that was detached is attached again.

CREATE FUNCTION vote_quarter(at bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (extract(epoch FROM date_trunc('quarter', to_timestamp(at / 1000) AT TIME ZONE 'UTC'))::bigint * 1000);
--> statement-breakpoint
CREATE FUNCTION next_vote_quarter(quarter bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (extract(epoch FROM (to_timestamp(quarter / 1000) AT TIME ZONE 'UTC') + interval '3 months')::bigint * 1000);
--> statement-breakpoint
-- 128 bits of SHA-256: nobody finds two regions for one name, and with its quarter a name stays within 63 bytes.
CREATE FUNCTION vote_region_partition(region text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ('votes_' || left(encode(sha256(convert_to(region, 'UTF8')), 'hex'), 32));
--> statement-breakpoint
CREATE FUNCTION vote_quarter_partition(home text, quarter bigint) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (home || '_' || to_char(to_timestamp(quarter / 1000) AT TIME ZONE 'UTC', 'YYYY"q"Q'));
--> statement-breakpoint
CREATE FUNCTION is_vote_partition(name text) RETURNS boolean
  LANGUAGE sql STABLE STRICT
  SET search_path = pg_catalog, pg_temp
  RETURN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(format('public.%I', name)));
--> statement-breakpoint
CREATE FUNCTION has_room_for_vote_region() RETURNS boolean
  LANGUAGE sql STABLE
  SET search_path = pg_catalog, pg_temp
  -- The shared partition is one of them.
  RETURN (SELECT count(*) - 1 < 64 FROM pg_inherits WHERE inhparent = 'public.votes'::regclass);
--> statement-breakpoint
-- Whether a ballot of this region and quarter has its partition. It touches no partition: a reader of the shared one would hold up, for the rest of
-- its transaction, whoever makes another, and might be waiting for the same.
CREATE FUNCTION has_vote_partition(region text, quarter bigint) RETURNS boolean
  LANGUAGE plpgsql STABLE STRICT
  SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  own text := public.vote_region_partition(region);
BEGIN
  IF public.is_vote_partition(own) THEN RETURN public.is_vote_partition(public.vote_quarter_partition(own, quarter)); END IF;
  RETURN NOT public.has_room_for_vote_region() AND public.is_vote_partition(public.vote_quarter_partition('votes_other', quarter));
END $$;
--> statement-breakpoint
CREATE TABLE votes_other PARTITION OF votes DEFAULT PARTITION BY RANGE (accepted_at);
--> statement-breakpoint
COMMENT ON TABLE votes_other IS 'every region that has no partition of its own';
--> statement-breakpoint
-- Made aside and then attached: inserts into other partitions go on meanwhile, which CREATE TABLE … PARTITION OF would not let them.
CREATE FUNCTION attach_vote_partition(parent text, name text, bounds text, subdivision text) RETURNS void
  LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format('CREATE TABLE IF NOT EXISTS public.%I (LIKE public.votes INCLUDING CONSTRAINTS) %s', name, subdivision);
  EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES %s', parent, name, bounds);
END $$;
--> statement-breakpoint
-- Makes the partitions of these pairs where they are missing. With the owner's rights, since the Worker's role has no DDL of its own; so it
-- takes nothing but regions and times, and bounds both: what is beyond them can't be a ballot, and is refused as data (class 22).
CREATE FUNCTION create_vote_partitions(regions text[], quarters bigint[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '5s'
AS $$
DECLARE
  pair record;
  own text;
  home text;
  leaf text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('public.votes partitions', 0));
  FOR pair IN SELECT DISTINCT region, public.vote_quarter(at) AS quarter FROM unnest(regions, quarters) AS wanted(region, at) ORDER BY region, quarter LOOP
    IF length(pair.region) > 64 THEN
      RAISE EXCEPTION 'a region has at most 64 characters' USING ERRCODE = 'string_data_right_truncation';
    END IF;
    -- 2020 to 2099, in ms.
    IF pair.quarter < 1577836800000 OR pair.quarter >= 4102444800000 THEN
      RAISE EXCEPTION 'no ballot was accepted at % ms', pair.quarter USING ERRCODE = 'datetime_field_overflow';
    END IF;
    own := public.vote_region_partition(pair.region);
    IF public.is_vote_partition(own) THEN
      home := own;
    ELSIF NOT public.has_room_for_vote_region() OR EXISTS (SELECT FROM public.votes_other WHERE votes_other.region = pair.region) THEN
      home := 'votes_other';
    ELSE
      home := own;
      PERFORM public.attach_vote_partition('votes', home, format('IN (%L)', pair.region), 'PARTITION BY RANGE (accepted_at)');
      EXECUTE format('COMMENT ON TABLE public.%I IS %L', home, pair.region);
    END IF;
    leaf := public.vote_quarter_partition(home, pair.quarter);
    IF NOT public.is_vote_partition(leaf) THEN
      PERFORM public.attach_vote_partition(home, leaf, format('FROM (%s) TO (%s)', pair.quarter, public.next_vote_quarter(pair.quarter)), '');
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
-- Makes this quarter's partitions and the next one's for every region that has voted, so that no vote waits for them.
CREATE PROCEDURE create_vote_partitions_ahead(now_ms bigint)
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET lock_timeout = '5s'
AS $$
DECLARE
  wanted_quarter bigint;
  home text;
  leaf text;
BEGIN
  IF now_ms NOT BETWEEN 1577836800000 AND 4102444799999 THEN
    RAISE EXCEPTION 'no ballot is accepted at % ms', now_ms USING ERRCODE = 'datetime_field_overflow';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('public.votes partitions', 0));
  FOR home IN SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'public.votes'::regclass ORDER BY relname LOOP
    FOREACH wanted_quarter IN ARRAY ARRAY[public.vote_quarter(now_ms), public.next_vote_quarter(public.vote_quarter(now_ms))] LOOP
      leaf := public.vote_quarter_partition(home, wanted_quarter);
      IF NOT public.is_vote_partition(leaf) THEN
        PERFORM public.attach_vote_partition(home, leaf, format('FROM (%s) TO (%s)', wanted_quarter, public.next_vote_quarter(wanted_quarter)), '');
      END IF;
    END LOOP;
  END LOOP;
END $$;

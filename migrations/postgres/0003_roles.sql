-- Who may do what. Both roles are groups without a login: a login of its own, with its password and limits, is made by `npm run
-- migrate:postgres`, so no secret stands in a migration. Roles belong to the cluster, so another database may have made them.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['voting_worker', 'voting_auditor'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
REVOKE EXECUTE ON ROUTINE
  attach_vote_partition(text, text, text, text),
  create_vote_partitions(text[], bigint[]),
  create_vote_partitions_ahead(bigint),
  apply_ballots(text[], integer[], integer[], bigint[], text[], text[], text[], bigint[], bigint[]),
  remove_ballots(text, integer[], bigint[], text[], text[], text[], bigint[], bigint[]),
  forget_ballots(text, bigint, bigint)
  FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO voting_worker, voting_auditor;
--> statement-breakpoint
-- Ballots are only ever added; what a rebuild takes out is kept aside, and what its time has come for is forgotten by `forget_ballots`. What the shards project is overwritten by newer versions; letters are dropped once they were never votes.
GRANT SELECT, INSERT ON votes, decision_partitions TO voting_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON shard_progress, decisions, regional_results, listed_results TO voting_worker;
--> statement-breakpoint
-- A cancelled draft can be deleted.
GRANT DELETE ON decisions TO voting_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON dead_letters TO voting_worker;
--> statement-breakpoint
GRANT EXECUTE ON ROUTINE
  create_vote_partitions(text[], bigint[]),
  create_vote_partitions_ahead(bigint),
  apply_ballots(text[], integer[], integer[], bigint[], text[], text[], text[], bigint[], bigint[]),
  remove_ballots(text, integer[], bigint[], text[], text[], text[], bigint[], bigint[]),
  forget_ballots(text, bigint, bigint)
  TO voting_worker;
--> statement-breakpoint
GRANT SELECT ON votes, removed_votes, decision_partitions, shard_progress, decisions, regional_results, listed_results, dead_letters TO voting_auditor;

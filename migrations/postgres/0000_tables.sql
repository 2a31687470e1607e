CREATE TABLE "dead_letters" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"decision_id" text COLLATE "C",
	"shard" integer,
	"seq" bigint,
	"body" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"retries" integer NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"audience" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C",
	"document" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listed_results" (
	"decision_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"document" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "regional_results" (
	"region" text COLLATE "C" NOT NULL,
	"decision_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"as_of" bigint NOT NULL,
	"is_final" boolean NOT NULL,
	"yes_ballots" bigint NOT NULL,
	"yes_weight" numeric NOT NULL,
	"no_ballots" bigint NOT NULL,
	"no_weight" numeric NOT NULL,
	"abstain_ballots" bigint NOT NULL,
	"abstain_weight" numeric NOT NULL,
	CONSTRAINT "regional_results_region_decision_id_pk" PRIMARY KEY("region","decision_id")
);
--> statement-breakpoint
CREATE TABLE "shard_progress" (
	"decision_id" text COLLATE "C" NOT NULL,
	"shard" integer NOT NULL,
	"applied_seq" bigint NOT NULL,
	"highest_seq" bigint NOT NULL,
	CONSTRAINT "shard_progress_decision_id_shard_pk" PRIMARY KEY("decision_id","shard")
);
--> statement-breakpoint
CREATE TABLE "decision_partitions" (
	"decision_id" text COLLATE "C" NOT NULL,
	"region" text COLLATE "C" NOT NULL,
	"quarter" bigint NOT NULL,
	CONSTRAINT "decision_partitions_decision_id_region_quarter_pk" PRIMARY KEY("decision_id","region","quarter")
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"decision_id" text COLLATE "C" NOT NULL,
	"shard" integer NOT NULL,
	"seq" bigint NOT NULL,
	"pid" text COLLATE "C" NOT NULL,
	"choice" text COLLATE "C" NOT NULL,
	"region" text COLLATE "C" NOT NULL,
	"weight" bigint NOT NULL,
	"accepted_at" bigint NOT NULL,
	CONSTRAINT "votes_decision_id_shard_seq_region_accepted_at_pk" PRIMARY KEY("decision_id","shard","seq","region","accepted_at"),
	CONSTRAINT "votes_choice_known" CHECK ("votes"."choice" IN ('yes', 'no', 'abstain', 'withdrawn')),
	CONSTRAINT "votes_weight_in_range" CHECK ("votes"."weight" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "votes_pid_length" CHECK (length("votes"."pid") BETWEEN 1 AND 64)
) PARTITION BY LIST ("region");
--> statement-breakpoint
CREATE INDEX "dead_letters_by_decision" ON "dead_letters" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "decisions_by_creation" ON "decisions" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_status" ON "decisions" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_audience" ON "decisions" USING btree ("audience","created_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_audience_and_status" ON "decisions" USING btree ("audience","status","created_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_owner" ON "decisions" USING btree ("owner","created_at","id");--> statement-breakpoint
CREATE INDEX "decisions_by_owner_and_status" ON "decisions" USING btree ("owner","status","created_at","id");
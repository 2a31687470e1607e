CREATE TABLE `__new_votes` (
	`decision_id` text NOT NULL,
	`shard` integer NOT NULL,
	`seq` integer NOT NULL,
	`pid` text NOT NULL,
	`choice` text NOT NULL,
	`region` text NOT NULL,
	`weight` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	PRIMARY KEY(`decision_id`, `shard`, `seq`),
	CONSTRAINT "votes_choice_known" CHECK("choice" IN ('yes', 'no', 'abstain', 'withdrawn')),
	CONSTRAINT "votes_weight_in_range" CHECK("weight" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "votes_pid_length" CHECK(length("pid") BETWEEN 1 AND 64)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_votes`("decision_id", "shard", "seq", "pid", "choice", "region", "weight", "accepted_at") SELECT "decision_id", "shard", "seq", "pid", "choice", "region", "weight", "accepted_at" FROM `votes`;--> statement-breakpoint
DROP TABLE `votes`;--> statement-breakpoint
ALTER TABLE `__new_votes` RENAME TO `votes`;

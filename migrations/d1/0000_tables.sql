CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`decision_id` text,
	`shard` integer,
	`seq` integer,
	`body` text NOT NULL,
	`cause` text NOT NULL,
	`retries` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dead_letters_by_decision` ON `dead_letters` (`decision_id`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`audience` text NOT NULL,
	`owner` text,
	`document` text NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `decisions_by_creation` ON `decisions` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `decisions_by_status` ON `decisions` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `decisions_by_audience` ON `decisions` (`audience`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `decisions_by_audience_and_status` ON `decisions` (`audience`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `decisions_by_owner` ON `decisions` (`owner`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `decisions_by_owner_and_status` ON `decisions` (`owner`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `listed_results` (
	`decision_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `regional_results` (
	`region` text NOT NULL,
	`decision_id` text NOT NULL,
	`version` integer NOT NULL,
	`as_of` integer NOT NULL,
	`is_final` integer NOT NULL,
	`yes_ballots` integer NOT NULL,
	`yes_weight` text NOT NULL,
	`no_ballots` integer NOT NULL,
	`no_weight` text NOT NULL,
	`abstain_ballots` integer NOT NULL,
	`abstain_weight` text NOT NULL,
	PRIMARY KEY(`region`, `decision_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `shard_progress` (
	`decision_id` text NOT NULL,
	`shard` integer NOT NULL,
	`applied_seq` integer NOT NULL,
	PRIMARY KEY(`decision_id`, `shard`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `votes` (
	`decision_id` text NOT NULL,
	`shard` integer NOT NULL,
	`seq` integer NOT NULL,
	`pid` text NOT NULL,
	`choice` text NOT NULL,
	`region` text NOT NULL,
	`weight` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	PRIMARY KEY(`decision_id`, `shard`, `seq`),
	CONSTRAINT "votes_choice_known" CHECK("votes"."choice" IN ('yes', 'no', 'abstain', 'withdrawn')),
	CONSTRAINT "votes_weight_in_range" CHECK("votes"."weight" BETWEEN 1 AND 1000000000000),
	CONSTRAINT "votes_pid_length" CHECK(length("votes"."pid") BETWEEN 1 AND 64)
) WITHOUT ROWID;

-- Letters of the first version named their places another way. None is lost: a shard sends again what the database has not confirmed.
DELETE FROM `dead_letters`;--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `shard` integer;--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `seq` integer;

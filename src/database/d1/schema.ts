import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { ballotChoices } from "../../ballot/ballot.ts";
import type { DecisionStatus } from "../../decision/decision.ts";

/**
 * The tables of the D1 projection. drizzle-kit writes migrations from it; tables whose key is their
 * order are made WITHOUT ROWID there by hand, since drizzle can't say it, and D1 bills every index
 * as a row written.
 */
export const d1DecisionsTable = sqliteTable(
  "decisions",
  {
    id: text().primaryKey(),
    title: text().notNull(),
    status: text().$type<DecisionStatus>().notNull(),
    createdAt: integer("created_at").notNull(),
    audience: text().notNull(),
    owner: text(),
    document: text().notNull(),
    revision: integer().notNull(),
  },
  (table) => [
    index("decisions_by_creation").on(table.createdAt, table.id),
    index("decisions_by_status").on(table.status, table.createdAt, table.id),
    index("decisions_by_audience").on(table.audience, table.createdAt, table.id),
    index("decisions_by_audience_and_status").on(
      table.audience,
      table.status,
      table.createdAt,
      table.id,
    ),
    index("decisions_by_owner").on(table.owner, table.createdAt, table.id),
    index("decisions_by_owner_and_status").on(table.owner, table.status, table.createdAt, table.id),
  ],
);

export const d1VotesTable = sqliteTable(
  "votes",
  {
    decisionId: text("decision_id").notNull(),
    shard: integer().notNull(),
    seq: integer().notNull(),
    pid: text().notNull(),
    choice: text({ enum: ballotChoices }).notNull(),
    region: text().notNull(),
    weight: integer().notNull(),
    acceptedAt: integer("accepted_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.decisionId, table.shard, table.seq] }),
    check("votes_choice_known", sql`${table.choice} IN ('yes', 'no', 'abstain', 'withdrawn')`),
    check("votes_weight_in_range", sql`${table.weight} BETWEEN 1 AND 1000000000000`),
    check("votes_pid_length", sql`length(${table.pid}) BETWEEN 1 AND 64`),
  ],
);

export const d1ShardProgressTable = sqliteTable(
  "shard_progress",
  {
    decisionId: text("decision_id").notNull(),
    shard: integer().notNull(),
    appliedSeq: integer("applied_seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.decisionId, table.shard] })],
);

/** What a list shows of each decision's results, beside its row: without an index to move. */
export const d1ListedResultsTable = sqliteTable("listed_results", {
  decisionId: text("decision_id").primaryKey(),
  version: integer().notNull(),
  document: text().notNull(),
});

export const d1RegionalResultsTable = sqliteTable(
  "regional_results",
  {
    region: text().notNull(),
    decisionId: text("decision_id").notNull(),
    version: integer().notNull(),
    asOf: integer("as_of").notNull(),
    isFinal: integer("is_final", { mode: "boolean" }).notNull(),
    yesBallots: integer("yes_ballots").notNull(),
    yesWeight: text("yes_weight").notNull(),
    noBallots: integer("no_ballots").notNull(),
    noWeight: text("no_weight").notNull(),
    abstainBallots: integer("abstain_ballots").notNull(),
    abstainWeight: text("abstain_weight").notNull(),
  },
  (table) => [primaryKey({ columns: [table.region, table.decisionId] })],
);

export const d1DeadLettersTable = sqliteTable(
  "dead_letters",
  {
    /** decision:shard:seq, or the digest of what could not be read. */
    id: text().primaryKey(),
    decisionId: text("decision_id"),
    shard: integer(),
    seq: integer(),
    body: text().notNull(),
    cause: text().notNull(),
    retries: integer().notNull(),
    at: integer().notNull(),
  },
  (table) => [index("dead_letters_by_decision").on(table.decisionId)],
);

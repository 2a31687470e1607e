import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
} from "drizzle-orm/pg-core";
import { ballotChoices } from "../../ballot/ballot.ts";
import type { BallotChoice } from "../../ballot/ballot.ts";
import type { DecisionStatus } from "../../decision/decision.ts";

/**
 * Text in the order of its bytes: the same on every machine and after every upgrade of its locales,
 * and the same as D1's.
 */
const text = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
/** Whole numbers up to 2^53, times in ms among them. */
const whole = (name?: string) => bigint(name ?? "", { mode: "number" });

/**
 * The tables of the Postgres projection. drizzle-kit writes migrations from it; what it can't say
 * is added to them by hand: that `votes` is partitioned, its functions and the roles.
 */
export const postgresDecisionsTable = pgTable(
  "decisions",
  {
    id: text().primaryKey(),
    title: text().notNull(),
    status: text().$type<DecisionStatus>().notNull(),
    createdAt: whole("created_at").notNull(),
    audience: text().notNull(),
    owner: text(),
    document: text().notNull(),
    revision: whole().notNull(),
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

/**
 * Partitioned by region, then by quarter. Both stand in the key, since a partitioned table's key
 * has to hold what it is partitioned by.
 */
export const postgresVotesTable = pgTable(
  "votes",
  {
    decisionId: text("decision_id").notNull(),
    shard: integer().notNull(),
    seq: whole().notNull(),
    pid: text().notNull(),
    choice: text().$type<BallotChoice>().notNull(),
    region: text().notNull(),
    weight: whole().notNull(),
    acceptedAt: whole("accepted_at").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.decisionId, table.shard, table.seq, table.region, table.acceptedAt],
    }),
    check(
      "votes_choice_known",
      sql`${table.choice} IN (${sql.raw(ballotChoices.map((choice) => `'${choice}'`).join(", "))})`,
    ),
    check("votes_weight_in_range", sql`${table.weight} BETWEEN 1 AND 1000000000000`),
    check("votes_pid_length", sql`length(${table.pid}) BETWEEN 1 AND 64`),
  ],
);

/** Which partitions hold ballots of a decision, so that its lists look into no others. */
export const postgresDecisionPartitionsTable = pgTable(
  "decision_partitions",
  {
    decisionId: text("decision_id").notNull(),
    region: text().notNull(),
    /** The first ms of the quarter. */
    quarter: whole().notNull(),
  },
  (table) => [primaryKey({ columns: [table.decisionId, table.region, table.quarter] })],
);

export const postgresShardProgressTable = pgTable(
  "shard_progress",
  {
    decisionId: text("decision_id").notNull(),
    shard: integer().notNull(),
    appliedSeq: whole("applied_seq").notNull(),
    /**
     * The last ballot that was ever stored. Where it is beyond `appliedSeq` there is a gap; nothing
     * beyond it is in the table.
     */
    highestSeq: whole("highest_seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.decisionId, table.shard] })],
);

/** What a list shows of each decision's results, beside its row: without an index to move. */
export const postgresListedResultsTable = pgTable("listed_results", {
  decisionId: text("decision_id").primaryKey(),
  version: whole().notNull(),
  document: text().notNull(),
});

export const postgresRegionalResultsTable = pgTable(
  "regional_results",
  {
    region: text().notNull(),
    decisionId: text("decision_id").notNull(),
    version: whole().notNull(),
    asOf: whole("as_of").notNull(),
    isFinal: boolean("is_final").notNull(),
    yesBallots: whole("yes_ballots").notNull(),
    yesWeight: numeric("yes_weight").notNull(),
    noBallots: whole("no_ballots").notNull(),
    noWeight: numeric("no_weight").notNull(),
    abstainBallots: whole("abstain_ballots").notNull(),
    abstainWeight: numeric("abstain_weight").notNull(),
  },
  (table) => [primaryKey({ columns: [table.region, table.decisionId] })],
);

export const postgresDeadLettersTable = pgTable(
  "dead_letters",
  {
    /** decision:shard:seq, or the digest of what could not be read. */
    id: text().primaryKey(),
    decisionId: text("decision_id"),
    shard: integer(),
    seq: whole(),
    body: text().notNull(),
    cause: text().notNull(),
    retries: integer().notNull(),
    at: whole().notNull(),
  },
  (table) => [index("dead_letters_by_decision").on(table.decisionId)],
);

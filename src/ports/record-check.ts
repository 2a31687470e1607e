import type { BallotCursor } from "../database/database.ts";
import type { DecisionStatus } from "../decision/decision.ts";
import type { Showing } from "../decision/visibility.ts";
import type { ShardSnapshot } from "../results/shard-snapshot.ts";
import type { TallyReport } from "../results/tally-report.ts";
import type { OutboxReport } from "../vote-log/outbox.ts";

/** What a shard says of its record in one moment. */
export type ShardRecordState = {
  snapshot: ShardSnapshot;
  report: TallyReport;
  progress: OutboxReport;
};

/**
 * Where accepted ballots have to be too. `tallied`: in the room's merged tally. `stored`: in the
 * database. `published`: in the publication.
 */
export const recordStages = ["tallied", "stored", "published"] as const;
export type RecordStage = (typeof recordStages)[number];

/**
 * `agrees`: all that should be there is. `behind`: something is still on its way. `broken`: something
 * is missing that was there, or is not as it was. `unknown`: it could not be looked at. `later`: its
 * time has not come.
 */
export const stageStates = ["agrees", "behind", "broken", "unknown", "later"] as const;
export type StageState = (typeof stageStates)[number];

/**
 * Why a stage is behind, unknown, or for later. `voting`: the decision goes on. `shards`: shards do
 * not answer. `log`: the vote log does not take ballots. `on_the_way`: ballots wait for the database.
 * `dead_letters`: the database refused ballots. `database`: it can't be asked. `archived`: ballots were
 * taken out of it by an operator. `row_check`: its rows are being compared with the record. `ballots`: it does not hold all of them.
 * `publication`: ballots are being published. `next_check`: nothing is missing, and the next check
 * certifies it.
 */
export const stageCauses = [
  "voting",
  "shards",
  "log",
  "on_the_way",
  "dead_letters",
  "database",
  "archived",
  "row_check",
  "ballots",
  "publication",
  "next_check",
] as const;
export type StageCause = (typeof stageCauses)[number];

/** How a stage does; since when it waits, in ms and full minutes, where that may be told. */
export type StageCheck = { state: StageState; cause: StageCause | null; since: number | null };

/** What a look at one decision's record found, as far as anybody may know it. */
export type AgreementCheck = {
  decisionId: string;
  title: string;
  rehearsal: boolean;
  status: DecisionStatus;
  shows: Showing;
  /** When the look began, in ms. */
  checkedAt: number;
  /** Ballots in the record as its result shows them; null where it shows nothing. */
  accepted: number | null;
  stages: Readonly<Record<RecordStage, StageCheck>>;
  /** In how many checks every row of the database is counted once; null before the close. */
  checksARound: number | null;
  certifiedAt: number | null;
};

/** A check, and the ballot behind which the next one counts rows. */
export type CheckedRecord = { check: AgreementCheck; next: BallotCursor };

/** A decision whose check is due: the ballot behind which it counts rows. */
export type DueCheck = { decisionId: string; from: BallotCursor };

/**
 * What came of a check: `over` where the decision is checked no longer, `failed` where its room did
 * not answer.
 */
export type CheckOutcome = { decisionId: string; found: CheckedRecord | "over" | "failed" };

/**
 * The last checks of so many decisions, those that found something broken first, then those of
 * decisions under way; and of how many decisions there are any, or will be. Times in ms.
 */
export type ListedChecks = {
  checks: AgreementCheck[];
  decisions: number;
  /** How many of them are not certified. */
  live: number;
  /** Of the decisions that are not certified: when the check was that is longest ago. */
  oldestAt: number | null;
  /** Of the decisions without a check: by which full minute the first of them was to be checked. */
  askedAt: number | null;
};

import type { Ballot, BallotChoice } from "../ballot/ballot.ts";
import type { ShardAddress } from "../ballot/receipt.ts";
import type { RegionTally, Tally } from "../ballot/tally.ts";
import type { DecisionStatus } from "../decision/decision.ts";
import { describeCause } from "../shared/loggable-error.ts";

/** The database refuses this ballot by itself, whenever it is tried: poison, not an outage. */
export class BallotRejected extends Error {
  override readonly name = "BallotRejected";
}

/** The database can't be asked now, for a cause that is its own and passes: asking again is right. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";

  constructor(cause: unknown) {
    super(describeCause(cause), { cause });
  }
}

/** Ballots of a decision that an operator has taken out of the table, a quarter of a region together. */
export type ArchivedPart = {
  region: string;
  /** As partitions are named: `2026q4`. */
  quarter: string;
};

/** Ballots of the decision are archived, so that what is left of them is no answer. */
export class BallotsArchived extends Error {
  override readonly name = "BallotsArchived";
  readonly parts: readonly ArchivedPart[];

  constructor(parts: readonly ArchivedPart[]) {
    super(`${parts.length} partitions of the decision are detached`);
    this.parts = parts;
  }
}

/** A ballot with the shard that holds it. */
export type ShardBallot = ShardAddress & Ballot;

/** Up to where a shard's ballots are in the database without a gap. */
export type ShardProgress = ShardAddress & { appliedSeq: number };

/** What the vote writer needs of a database. */
export interface BallotStore {
  /**
   * Stores ballots and moves the progress of their shards, in one transaction: all or nothing,
   * durable when it returns. A ballot that is there already is left as it is. `appliedSeq` never
   * passes a gap, in whatever order ballots arrive.
   * @throws {BallotRejected} when a ballot among these can't ever be stored. Anything else that it throws is an outage.
   */
  applyBallots(ballots: readonly ShardBallot[]): Promise<ShardProgress[]>;
}

/** What a rebuild needs of a database. */
export interface BallotRemoval {
  /**
   * Removes rows of a decision that its record does not have, in one transaction, durable when it
   * returns: exactly these, and none that stands in the place of one by now. The progress of their
   * shards goes back before the first of them. Repeating it changes nothing.
   */
  removeBallots(decisionId: string, ballots: readonly ShardBallot[]): Promise<void>;
}

/** What forgetting a decision needs of a database. */
export interface BallotForgetting {
  /**
   * Removes at most `max` rows of ballots of a decision, or, once there is none, its dead letters and
   * its shards' progress: then all is gone, and it is `done`. Each call is a transaction, durable
   * when it returns; repeating it after `done` changes nothing. The decision's own row and its
   * results stay. What an operator has taken out of the table is not reached.
   */
  forgetBallots(decisionId: string, max: number): Promise<"more" | "done">;
}

export type DecisionRow = {
  id: string;
  title: string;
  status: DecisionStatus;
  createdAt: number;
  /** Whose lists it stands in (`audienceOf`). */
  audience: string;
  /** The organiser that it belongs to; null where that is the deployment. */
  owner: string | null;
  /** The decision as the API shows it, so that a list needs no room. */
  document: string;
  /** Moves with every change of the row: an older projection never overwrites a newer. */
  revision: number;
};

export type RegionalResultRow = {
  decisionId: string;
  region: string;
  version: number;
  asOf: number;
  isFinal: boolean;
  tally: RegionTally;
};

/** What a list shows of a decision's results, as JSON; an older version changes nothing. */
export type ListedResultRow = { version: number; document: string };

/** What a room needs of a database. */
export interface DecisionProjection {
  /**
   * Stores a decision's row, its regional results, and what lists show of its results where that is
   * given, in one transaction, durable when it returns. Idempotent: an older revision or version
   * changes nothing.
   */
  project(
    row: DecisionRow,
    results: readonly RegionalResultRow[],
    listed?: ListedResultRow | null,
  ): Promise<void>;
  /** Removes the row of a decision that was never opened: nothing else of it is stored. */
  removeDecision(decisionId: string): Promise<void>;
}

export type Page<Item, Cursor> = { items: Item[]; next: Cursor | null };
export type DecisionCursor = { createdAt: number; id: string };
export type BallotCursor = { shard: number; seq: number };

/** A page of a list: the first `perPage` items after the cursor. */
type ListQuery<Cursor> = { after: Cursor | null; perPage: number };
/**
 * Decisions of these audiences, or of all where there are none to tell apart (null); where an owner
 * is named, its decisions alone.
 */
export type DecisionListQuery = ListQuery<DecisionCursor> & {
  status: DecisionStatus | null;
  audiences: readonly string[] | null;
  owner?: string;
};
export type RegionalResultListQuery = ListQuery<string> & { region: string };
/** Ballots of a decision; where a region or choice is named, those of it alone. */
export type BallotListQuery = ListQuery<BallotCursor> & {
  decisionId: string;
  region?: string;
  choice?: BallotChoice;
};
/** Decisions by their ids, of these audiences, or of all (null). */
export type ListedQuery = Pick<DecisionListQuery, "audiences"> & { ids: readonly string[] };
export type DeadLetterListQuery = ListQuery<string> & {
  decisionId: string | null;
  withClosed: boolean;
};

/** What the database holds of a decision. */
export type Projected = {
  /** The progress of every shard that has rows, or had some, with their number. */
  shards: (ShardProgress & { ballots: number })[];
  /**
   * Dead letters whose ballot has not landed: while there is one, the decision can't be certified.
   */
  openDeadLetters: number;
  /** What is taken out of the table: its rows are missing above. */
  archived: ArchivedPart[];
  /** The results that the decision was projected with. */
  results: RegionalResultRow[];
};

/** The same by what the database has noted alone, without a count of rows. */
export type ProjectedProgress = Omit<Projected, "shards"> & { shards: ShardProgress[] };

/** The same, with what each shard's ballots come to when they are counted again. */
export type Recounted = Omit<Projected, "shards"> & {
  shards: (Projected["shards"][number] & { tally: Tally })[];
};

/** A region's result, and what is said of its decision beside it. */
export type ListedRegionalResult = RegionalResultRow &
  Pick<DecisionRow, "title" | "status"> & { isRehearsal: boolean };

/**
 * The documents of a decision and of what its list shows of its results, null for nothing yet; and
 * whose it is.
 */
export type ListedDecision = { decision: string; result: string | null; owner: string | null };

/** What the API reads from the database; every list is by key, never by offset. */
export interface DatabaseReads {
  listDecisions(query: DecisionListQuery): Promise<Page<ListedDecision, DecisionCursor>>;
  /** The same of those that are named, in any order; what there is not is left out. */
  readListed(query: ListedQuery): Promise<ListedDecision[]>;
  listRegionalResults(query: RegionalResultListQuery): Promise<Page<ListedRegionalResult, string>>;
  /**
   * A page of a region or choice may have fewer than asked for, or none, though another follows: no
   * more than `limits.filteredBallotsMax` ballots are looked at for it.
   * @throws {BallotsArchived} for every page of a decision of which ballots are archived.
   */
  listBallots(query: BallotListQuery): Promise<Page<ShardBallot, BallotCursor>>;
  /**
   * Ballots of a decision that are in the database without a gap before them: a sum over its
   * shards, not a count of rows.
   */
  countApplied(decisionId: string): Promise<number>;
  /** How far a decision is, with its results in these regions: it counts no rows. */
  readProgress(decisionId: string, regions: readonly string[]): Promise<ProjectedProgress>;
  /**
   * All that there is of a decision, with its results in these regions. It counts rows, a portion a
   * statement: for audits, and to certify.
   */
  readProjected(decisionId: string, regions: readonly string[]): Promise<Projected>;
  /** How the database does; never rejects. */
  health(): Promise<DatabaseHealth>;
}

/** What a room compares its record with before it certifies. */
export interface BallotRecount {
  /**
   * What `readProjected` reads, with every shard's ballots counted again as anybody would count an
   * export: the newest of each pid, where that is no withdrawal. It sorts them by pid, for which
   * there is no index, in the same call: for decisions of few ballots.
   */
  readRecounted(decisionId: string, regions: readonly string[]): Promise<Recounted>;
}

/** The ballots of a shard after `afterSeq` up to `untilSeq`. */
export type BallotSpan = { shard: number; afterSeq: number; untilSeq: number };

/** What the regular check of a decision needs of a database. */
export interface SpanCounts {
  /**
   * How many ballots of each span the database holds, in the order of the spans; one that is stored
   * twice counts once. It reads each of their rows, so whoever asks bounds the spans.
   * @throws {BallotsArchived} where ballots of the decision are archived
   */
  countSpans(decisionId: string, spans: readonly BallotSpan[]): Promise<number[]>;
}

/** How a database does, in words that anybody may read. */
export interface DatabaseHealth {
  kind: "d1" | "postgres" | "misconfigured";
  /** What keeps it from doing its work; none where all is well. */
  problems: string[];
  /** What somebody must see to before it does. */
  warnings: string[];
  /** What keeps read-only replicas from answering; the primary does their work. */
  replicaWarnings: string[];
  /** How large it is, and may become, where it has a bound of its own; null elsewhere or unknown. */
  size: { bytes: number; bytesMax: number } | null;
  /** Open ones among the first that there are (`limits.healthDeadLettersMax`); null if unknown. */
  deadLetters: number | null;
}

/**
 * A ballot that the database refuses by itself, with why: kept where an operator finds it, until it
 * is mended and sent again.
 */
export type DeadLetter = {
  /** decision:shard:seq, or the digest of a record that can't be read. */
  id: string;
  /** The record as it was consumed, with this ballot alone where it could be decoded. */
  body: string;
  decisionId: string | null;
  shard: number | null;
  seq: number | null;
  cause: string;
  retries: number;
  at: number;
};

/**
 * A dead letter with whether its ballot is still missing: a dead letter is closed by the ballot's
 * landing and by nothing else, so it can't be closed too early.
 */
export type StoredDeadLetter = DeadLetter & { isOpen: boolean };

/** Where dead letters are kept for the operator. */
export interface DeadLetterStore {
  /**
   * Durable when it returns. A newer dead letter of the same id replaces the earlier one and adds
   * up the retries; the same or an older one changes nothing.
   */
  keepDeadLetters(deadLetters: readonly DeadLetter[]): Promise<void>;
  /** Dead letters by id, of one decision or of all; closed ones only where they are asked for. */
  listDeadLetters(query: DeadLetterListQuery): Promise<Page<StoredDeadLetter, string>>;
  findDeadLetter(id: string): Promise<StoredDeadLetter | null>;
  dropDeadLetter(id: string): Promise<void>;
}

export type Database = BallotStore &
  BallotRemoval &
  BallotForgetting &
  DecisionProjection &
  DatabaseReads &
  BallotRecount &
  SpanCounts &
  DeadLetterStore;

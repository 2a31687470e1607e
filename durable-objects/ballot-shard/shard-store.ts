import type { Ballot } from "../../src/ballot/ballot.ts";
import type { CastTransition, ShardState } from "../../src/ballot/cast-many.ts";
import { stateAfter } from "../../src/ballot/state-after.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../../src/ballot/tally-json.ts";
import type { Tally } from "../../src/ballot/tally.ts";
import type { BallotOpener } from "../../src/ballot/opening.ts";
import type { BallotNote, VoterBallot } from "../../src/ballot/voter.ts";
import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { noProgress, type OutboxProgress } from "../../src/vote-log/outbox.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { isMigrated, migrate } from "../shared/migrations.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";
import { BallotLog, type LogBounds } from "./ballot-log.ts";
import { ShardPublication } from "./shard-publication.ts";
import type { FlushBounds } from "./flush-schedule.ts";
import type { BlockBounds } from "./voter-blocks.ts";
import { VoterIndex, type FoundVoters } from "./voter-index.ts";

/**
 * A commit writes a log row, and now and then the state row and the voters of a partition; the
 * platform bills rows.
 */
const migrations = [
  `CREATE TABLE log (from_seq INTEGER PRIMARY KEY, ballots TEXT NOT NULL, nonces BLOB NOT NULL);
   CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, tally TEXT NOT NULL,
     progress TEXT NOT NULL);
   CREATE TABLE voters (from_bucket INTEGER PRIMARY KEY, entries BLOB NOT NULL);
   CREATE TABLE notes (seq INTEGER PRIMARY KEY, name TEXT, statement TEXT);
   CREATE TABLE cut_ballots (id INTEGER PRIMARY KEY, ballots TEXT NOT NULL);`,
];

/** What of a shard says how somebody voted, a portion of a table at a time. */
const forgottenTables = ["log", "voters", "notes"] as const;

type StateRow = { seq: number; tally: string; progress: string };

const nobodyFound: FoundVoters = { records: new Map() };

const termsForm = { name: "a shard's terms", version: 1 };
const lastMinutesForm = { name: "a shard's tally of the last minutes", version: 1 };

/** Bounds of what is written at once, and of what is left for later. */
export interface StoreBounds extends LogBounds, FlushBounds, BlockBounds {
  /** Ballots that the state's row may be behind the log. */
  readonly stateLagBallots: number;
}

/**
 * A shard's SQLite. The state is read once and kept; voters and log stay on disk, so memory does
 * not grow with voters. The state's row may be behind the log: what it lacks is read from there.
 * Memory follows the disk: it changes when what was written is, and not where that failed. The
 * tables are made with the first row, so that looking at a shard that nobody opened writes nothing,
 * and opening one is one commit.
 */
export class ShardStore {
  readonly #storage: SqliteStorage;
  readonly #log: BallotLog;
  readonly #voters: VoterIndex;
  readonly #stateLagBallots: number;
  #isMade: boolean;
  /** Up to where the state's row knows the ballots. */
  #writtenSeq = 0;
  state: ShardState = { seq: 0, tally: tallyFromJson([]) };
  progress: OutboxProgress = noProgress;
  terms: VotingTerms | null;
  sealedAt: number | null;
  /** When it stopped taking votes until it is decided if its window goes on, in ms. */
  pausedAt: number | null;
  /** The tally as the last minutes of the window began; null while no ballot has come since. */
  lastMinutes: Tally | null;
  /** Whether its ballots are gone, or going: none is read any more. */
  isForgotten: boolean;

  constructor(storage: SqliteStorage, bounds: StoreBounds = limits) {
    this.#storage = storage;
    this.#stateLagBallots = bounds.stateLagBallots;
    this.#log = new BallotLog(storage.sql, bounds);
    this.#voters = new VoterIndex(storage, this.#log, bounds);
    this.isForgotten = storage.kv.get("forgotten") === true;
    this.#isMade = isMigrated(storage);
    if (this.#isMade) this.#load();
    // Written by `keepTerms` and `keepSeal` and by nothing else.
    const terms = storage.kv.get("terms") as Versioned<VotingTerms> | undefined;
    this.terms = terms === undefined ? null : withoutVersion(termsForm, terms);
    this.sealedAt = (storage.kv.get("sealed_at") as number | undefined) ?? null;
    this.pausedAt = (storage.kv.get("paused_at") as number | undefined) ?? null;
    // Written by `keepLastMinutes` and by nothing else.
    const began = storage.kv.get("last_minutes") as Versioned<TallyJson> | undefined;
    this.lastMinutes =
      began === undefined ? null : tallyFromJson(withoutVersion(lastMinutesForm, began));
  }

  keepTerms(terms: VotingTerms): void {
    this.#make();
    this.#storage.kv.put("terms", withVersion(termsForm, terms));
    this.terms = terms;
  }

  keepSeal(at: number): void {
    this.#storage.transactionSync(() => {
      this.#storage.kv.put("sealed_at", at);
      this.#dropPause();
    });
    this.sealedAt = at;
    this.#forgetPause();
  }

  keepPause(at: number): void {
    this.#storage.kv.put("paused_at", at);
    this.pausedAt = at;
  }

  /** Takes a longer window: votes go on, if they had stopped. */
  keepLongerTerms(terms: VotingTerms): void {
    this.#storage.transactionSync(() => {
      this.#storage.kv.put("terms", withVersion(termsForm, terms));
      this.#dropPause();
    });
    this.terms = terms;
    this.#forgetPause();
  }

  /** Keeps the tally as it is before the first ballot of the window's last minutes. */
  keepLastMinutes(): void {
    const began = withVersion(lastMinutesForm, tallyToJson(this.state.tally));
    this.#storage.kv.put("last_minutes", began);
    this.lastMinutes = this.state.tally;
  }

  #dropPause(): void {
    if (this.pausedAt !== null) this.#storage.kv.delete("paused_at");
    if (this.lastMinutes !== null) this.#storage.kv.delete("last_minutes");
  }

  #forgetPause(): void {
    this.pausedAt = null;
    this.lastMinutes = null;
  }

  readVoters(pids: readonly string[]): FoundVoters {
    const isAnybodyKnown = this.#isMade && !this.isForgotten;
    return isAnybodyKnown ? this.#voters.read(pids, this.state.seq) : nobodyFound;
  }

  /**
   * Writes ballots and the voters who are due in one transaction, and the state where its row would
   * fall too far behind. The voters were read, and nothing was committed since.
   */
  commit({ ballots, replaced, notes, state }: CastTransition): void {
    if (ballots.length === 0) return;
    const { seq } = this.state;
    const isStateDue = state.seq - this.#writtenSeq >= this.#stateLagBallots;
    this.#storage.transactionSync(() => {
      this.#log.append(ballots, replaced);
      for (const [at, note] of notes) this.#writeNote(at, note);
      if (isStateDue) this.#writeState(state, this.progress);
      this.#voters.writeDue(seq, ballots);
    });
    this.#voters.keep(seq, ballots);
    if (isStateDue) this.#writtenSeq = state.seq;
    this.state = state;
  }

  /**
   * Forgets at most `rowsMax` rows of ballots and voters. The state is written first, with its last
   * ballot: what it lacks could not be read from the log afterwards.
   */
  forget(rowsMax: number): "more" | "done" {
    this.#make();
    // Without the opening key what was published says nothing more, whatever else is found.
    const terms = this.terms === null ? null : { ...this.terms, openingKey: "" };
    const rows = this.#storage.transactionSync(() => {
      if (!this.isForgotten) {
        this.#writeState(this.state, this.progress);
        this.#storage.kv.put("forgotten", true);
        if (terms !== null) this.#storage.kv.put("terms", withVersion(termsForm, terms));
      }
      return this.#deleteRows(rowsMax);
    });
    this.isForgotten = true;
    this.terms = terms;
    return rows > 0 ? "more" : "done";
  }

  /** Deletes rows of the first table that has some, and gives how many. */
  #deleteRows(rowsMax: number): number {
    for (const table of forgottenTables) {
      const deleted = this.#storage.sql.exec(
        `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} LIMIT ?) RETURNING 1`,
        rowsMax,
      );
      const { length } = deleted.toArray();
      if (length > 0) return length;
    }
    return 0;
  }

  /** Everything that was accepted up to `now` (ms), or up to the seal. */
  snapshot(now: number): ShardSnapshot {
    const { seq, tally } = this.state;
    const takenAt = this.sealedAt ?? now;
    const isSealed = this.sealedAt !== null;
    return { shard: this.terms?.shard ?? 0, seq, tally, takenAt, isSealed };
  }

  /** At most `max` ballots after `seq`, in order. */
  readAfter(seq: number, max: number): Ballot[] {
    return seq < this.state.seq && !this.isForgotten ? this.#log.readAfter(seq, max) : [];
  }

  /** The same with their nonces. */
  readKeyed(seq: number, max: number): VoterBallot[] {
    return seq < this.state.seq ? this.#log.readKeyedAfter(seq, max) : [];
  }

  /** What is published of these ballots once they are sealed. */
  publication(opener: BallotOpener): ShardPublication {
    invariant(this.terms !== null && this.sealedAt !== null, "only what is sealed is published");
    return new ShardPublication({
      storage: this.#storage,
      log: this.#log,
      lastSeq: this.state.seq,
      opener,
      hasNotes: this.terms.disclosure === "roll_call",
    });
  }

  /** The state's row is written with it, so that it costs no other. */
  keepProgress(progress: OutboxProgress): void {
    if (progress === this.progress) return;
    this.#make();
    this.#writeState(this.state, progress);
    this.#writtenSeq = this.state.seq;
    this.progress = progress;
  }

  #writeNote(seq: number, { name, statement }: BallotNote): void {
    this.#storage.sql.exec("INSERT INTO notes VALUES (?, ?, ?)", seq, name, statement);
  }

  #writeState({ seq, tally }: ShardState, progress: OutboxProgress): void {
    this.#storage.sql.exec(
      "INSERT INTO state VALUES (1, ?1, ?2, ?3) ON CONFLICT DO UPDATE SET seq = ?1, tally = ?2, progress = ?3",
      seq,
      JSON.stringify(tallyToJson(tally)),
      JSON.stringify(progress),
    );
  }

  #make(): void {
    if (this.#isMade) return;
    migrate(this.#storage, "a shard's schema", migrations);
    this.#isMade = true;
  }

  #load(): void {
    migrate(this.#storage, "a shard's schema", migrations);
    for (const row of this.#storage.sql.exec<StateRow>("SELECT seq, tally, progress FROM state")) {
      // Written by `#writeState` and by nothing else.
      const tally = JSON.parse(row.tally) as TallyJson;
      this.progress = JSON.parse(row.progress) as OutboxProgress;
      this.state = { seq: row.seq, tally: tallyFromJson(tally) };
    }
    this.#writtenSeq = this.state.seq;
    this.state = stateAfter(this.state, this.#log.changesAfter(this.#writtenSeq));
  }
}

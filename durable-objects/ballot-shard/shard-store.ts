import type { Ballot } from "../../src/ballot/ballot.ts";
import type { CastTransition, ShardState } from "../../src/ballot/cast-many.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../../src/ballot/tally-json.ts";
import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { noProgress, type OutboxProgress } from "../../src/vote-log/outbox.ts";
import { limits } from "../../src/shared/limits.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { isMigrated, migrate } from "../shared/migrations.ts";
import { BallotLog } from "./ballot-log.ts";
import type { FlushBounds } from "./flush-schedule.ts";
import { VoterIndex, type FoundVoters } from "./voter-index.ts";

/**
 * A commit writes one log row and the state row, and with each flush the voters of a partition; the
 * platform bills rows.
 */
const migrations = [
  `CREATE TABLE log (from_seq INTEGER PRIMARY KEY, ballots TEXT NOT NULL);
   CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, tally TEXT NOT NULL);
   CREATE TABLE outbox (id INTEGER PRIMARY KEY CHECK (id = 1), published_seq INTEGER NOT NULL, confirmed_seq INTEGER NOT NULL,
     moved_at INTEGER NOT NULL, republished INTEGER NOT NULL, epoch INTEGER NOT NULL);
   CREATE TABLE voters (bucket INTEGER PRIMARY KEY, ballots BLOB NOT NULL);
   INSERT INTO state VALUES (1, 0, '[]');
   INSERT INTO outbox VALUES (1, 0, 0, 0, 0, 1);`,
];

const nobodyFound: FoundVoters = { records: new Map(), buckets: new Map() };

const termsForm = { name: "a shard's terms", version: 1 };

/**
 * A shard's SQLite. State and outbox are read once and kept; voters and log stay on disk, so memory
 * does not grow with voters. The tables are made with the first row, so that looking at a shard
 * that nobody opened writes nothing, and opening one is one commit.
 */
export class ShardStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #log: BallotLog;
  readonly #voters: VoterIndex;
  #isMade: boolean;
  state: ShardState = { seq: 0, tally: tallyFromJson([]) };
  progress: OutboxProgress = noProgress;
  terms: VotingTerms | null;
  sealedAt: number | null;

  constructor(storage: DurableObjectStorage, bounds: FlushBounds = limits) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#log = new BallotLog(storage.sql);
    this.#voters = new VoterIndex(storage, this.#log, bounds);
    this.#isMade = isMigrated(storage);
    if (this.#isMade) this.#load();
    const terms = storage.kv.get<Versioned<VotingTerms>>("terms");
    this.terms = terms === undefined ? null : withoutVersion(termsForm, terms);
    this.sealedAt = storage.kv.get<number>("sealed_at") ?? null;
  }

  keepTerms(terms: VotingTerms): void {
    this.#make();
    this.#storage.kv.put("terms", withVersion(termsForm, terms));
    this.terms = terms;
  }

  keepSeal(at: number): void {
    this.#storage.kv.put("sealed_at", at);
    this.sealedAt = at;
  }

  readVoters(pids: readonly string[]): FoundVoters {
    return this.#isMade ? this.#voters.read(pids, this.state.seq) : nobodyFound;
  }

  /**
   * Writes ballots, tally and the voters who are due in one transaction; memory follows only when
   * it has succeeded. `found` is what was read of the voters, and nothing was committed since.
   */
  commit(found: FoundVoters, { ballots, voters, state }: CastTransition): void {
    if (ballots.length === 0) return;
    const { seq } = this.state;
    const staged = this.#voters.stage(found, voters);
    this.#storage.transactionSync(() => {
      this.#log.append(ballots);
      this.#sql.exec(
        "UPDATE state SET seq = ?, tally = ?",
        state.seq,
        JSON.stringify(tallyToJson(state.tally)),
      );
      this.#voters.writeDue(seq, state.seq, staged);
    });
    this.#voters.keep(seq, state.seq, staged);
    this.state = state;
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
    return seq < this.state.seq ? this.#log.readAfter(seq, max) : [];
  }

  keepProgress(progress: OutboxProgress): void {
    if (progress === this.progress) return;
    this.#make();
    this.#sql.exec(
      "UPDATE outbox SET published_seq = ?, confirmed_seq = ?, moved_at = ?, republished = ?, epoch = ?",
      progress.publishedSeq,
      progress.confirmedSeq,
      progress.movedAt,
      progress.republished,
      progress.epoch,
    );
    this.progress = progress;
  }

  #make(): void {
    if (this.#isMade) return;
    migrate(this.#storage, "a shard's schema", migrations);
    this.#isMade = true;
  }

  #load(): void {
    migrate(this.#storage, "a shard's schema", migrations);
    const state = this.#sql
      .exec<{ seq: number; tally: string }>("SELECT seq, tally FROM state")
      .one();
    // Written by `commit` above and by nothing else.
    const tally = JSON.parse(state.tally) as TallyJson;
    this.state = { seq: state.seq, tally: tallyFromJson(tally) };
    this.progress = this.#sql
      .exec<OutboxProgress>(
        `SELECT published_seq AS publishedSeq, confirmed_seq AS confirmedSeq, moved_at AS movedAt, republished, epoch FROM outbox`,
      )
      .one();
  }
}

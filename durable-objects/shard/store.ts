import { decodeBallot, encodeBallot, type BallotCode } from "../../src/ballot/ballot-code.ts";
import type { Ballot } from "../../src/ballot/ballot.ts";
import type { CastTransition, ShardState } from "../../src/ballot/cast-many.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../../src/ballot/tally-json.ts";
import type { VoterBallot, VoterRecord } from "../../src/ballot/voter.ts";
import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import type { OutboxProgress } from "../../src/vote-log/drain.ts";
import { migrate } from "../migrate.ts";
import { VoterIndex } from "./voter-index.ts";

/** A ballot in the log, with the key of the request that made it, where one was sent. */
type LogCode = [...BallotCode, requestKey?: string];

/** A commit writes one log row and the state row, and in its turn a voter a row; the platform bills rows. */
const migrations = [
  `CREATE TABLE voters (pid TEXT PRIMARY KEY, ballots TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE log (from_seq INTEGER PRIMARY KEY, ballots TEXT NOT NULL);
   CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, tally TEXT NOT NULL);
   CREATE TABLE outbox (id INTEGER PRIMARY KEY CHECK (id = 1), published_seq INTEGER NOT NULL, confirmed_seq INTEGER NOT NULL,
     moved_at INTEGER NOT NULL, republished INTEGER NOT NULL);
   INSERT INTO state VALUES (1, 0, '[]');
   INSERT INTO outbox VALUES (1, 0, 0, 0, 0);`,
];

/** A shard's SQLite. State and outbox are read once and kept; voters and log stay on disk, so memory does not grow with voters. */
export class ShardStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #voters: VoterIndex;
  state: ShardState;
  progress: OutboxProgress;
  terms: VotingTerms | null;
  sealedAt: number | null;

  constructor(storage: DurableObjectStorage) {
    migrate(storage, migrations);
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#voters = new VoterIndex(storage.sql, (afterSeq) => this.#readLog(afterSeq));
    const state = this.#sql
      .exec<{ seq: number; tally: string }>("SELECT seq, tally FROM state")
      .one();
    // Written by `commit` below and by nothing else.
    const tally = JSON.parse(state.tally) as TallyJson;
    this.state = { seq: state.seq, tally: tallyFromJson(tally) };
    this.progress = this.#sql
      .exec<OutboxProgress>(
        `SELECT published_seq AS publishedSeq, confirmed_seq AS confirmedSeq, moved_at AS movedAt, republished FROM outbox`,
      )
      .one();
    const terms = storage.kv.get<VotingTerms>("terms");
    // Terms that were kept before there were rolls, or visibility, say nothing of them.
    this.terms =
      terms === undefined
        ? null
        : { ...terms, roll: terms.roll ?? null, visibility: terms.visibility ?? "live" };
    this.sealedAt = storage.kv.get<number>("sealed_at") ?? null;
  }

  keepTerms(terms: VotingTerms): void {
    this.#storage.kv.put("terms", terms);
    this.terms = terms;
  }

  keepSeal(at: number): void {
    this.#storage.kv.put("sealed_at", at);
    this.sealedAt = at;
  }

  readVoters(pids: readonly string[]): Map<string, VoterRecord> {
    return this.#voters.read(pids, this.state.seq);
  }

  /** Writes ballots, tally and the voters who are due in one transaction; memory follows only when it has succeeded. */
  commit({ ballots, voters, state }: CastTransition): void {
    const first = ballots[0];
    if (first === undefined) return;
    const { seq } = this.state;
    this.#storage.transactionSync(() => {
      this.#sql.exec(
        "INSERT INTO log (from_seq, ballots) VALUES (?, ?)",
        first.seq,
        JSON.stringify(ballots.map(encodeLogged)),
      );
      this.#sql.exec(
        "UPDATE state SET seq = ?, tally = ?",
        state.seq,
        JSON.stringify(tallyToJson(state.tally)),
      );
      this.#voters.writeDue(seq, state.seq, voters);
    });
    this.#voters.keep(seq, state.seq, voters);
    this.state = state;
  }

  /** At most `max` ballots after `seq`, in order. */
  readAfter(seq: number, max: number): Ballot[] {
    const ballots: Ballot[] = [];
    if (max <= 0) return ballots;
    for (const { requestKey: _, ...ballot } of this.#readLog(seq)) {
      if (ballots.push(ballot) === max) break;
    }
    return ballots;
  }

  *#readLog(seq: number): Generator<VoterBallot> {
    const rows = this.#sql.exec<{ from_seq: number; ballots: string }>(
      `SELECT from_seq, ballots FROM log
       WHERE from_seq >= COALESCE((SELECT from_seq FROM log WHERE from_seq <= ?1 ORDER BY from_seq DESC LIMIT 1), 0)
       ORDER BY from_seq`,
      seq + 1,
    );
    for (const row of rows) {
      // Written by `commit` above and by nothing else.
      const codes = JSON.parse(row.ballots) as LogCode[];
      for (const [offset, code] of codes.entries()) {
        const at = row.from_seq + offset;
        if (at > seq) yield decodeLogged(at, code);
      }
    }
  }

  keepProgress(progress: OutboxProgress): void {
    if (progress === this.progress) return;
    this.#sql.exec(
      "UPDATE outbox SET published_seq = ?, confirmed_seq = ?, moved_at = ?, republished = ?",
      progress.publishedSeq,
      progress.confirmedSeq,
      progress.movedAt,
      progress.republished,
    );
    this.progress = progress;
  }
}

function encodeLogged(ballot: VoterBallot): LogCode {
  const code = encodeBallot(ballot);
  return ballot.requestKey === null ? code : [...code, ballot.requestKey];
}

function decodeLogged(seq: number, code: LogCode): VoterBallot {
  const [pid, choice, region, weight, acceptedAt, requestKey = null] = code;
  return { ...decodeBallot(seq, [pid, choice, region, weight, acceptedAt]), requestKey };
}

import {
  decodeChoice,
  encodeBallot,
  decodeBallot,
  type BallotCode,
} from "../src/ballot/ballot-code.ts";
import { choices, type Ballot } from "../src/ballot/ballot.ts";
import type { CastTransition, ShardState } from "../src/ballot/cast-many.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../src/ballot/tally-json.ts";
import type { VoterBallot, VoterRecord } from "../src/ballot/voter.ts";
import type { VotingTerms } from "../src/ballot/voting-terms.ts";
import type { OutboxProgress } from "../src/vote-log/drain.ts";
import { migrate } from "./migrate.ts";

/** A voter's ballot in the voter's own row: like a ballot code, with seq and request key and without the pid. */
type VoterBallotCode = [
  seq: number,
  choice: number,
  region: string,
  weight: number,
  acceptedAt: number,
  requestKey: string | null,
];

/** A commit writes a row a voter, one log row and the state row; the platform bills rows. */
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
  state: ShardState;
  progress: OutboxProgress;
  terms: VotingTerms | null;
  sealedAt: number | null;

  constructor(storage: DurableObjectStorage) {
    migrate(storage, migrations);
    this.#storage = storage;
    this.#sql = storage.sql;
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
    // Terms that were kept before there were rolls say nothing of one.
    this.terms = terms === undefined ? null : { ...terms, roll: terms.roll ?? null };
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
    const rows = this.#sql.exec<{ pid: string; ballots: string }>(
      "SELECT pid, ballots FROM voters WHERE pid IN (SELECT value FROM json_each(?))",
      JSON.stringify(pids),
    );
    const voters = new Map<string, VoterRecord>();
    for (const { pid, ballots } of rows) {
      // Written by `commit` below and by nothing else.
      const codes = JSON.parse(ballots) as VoterBallotCode[];
      voters.set(
        pid,
        codes.map((code) => decodeVoterBallot(pid, code)),
      );
    }
    return voters;
  }

  /** Writes ballots, voters and tally in one transaction; memory follows only when it has succeeded. */
  commit(transition: CastTransition): void {
    const first = transition.ballots[0];
    if (first === undefined) return;
    const voters = [...transition.voters].map(([pid, record]) => [
      pid,
      JSON.stringify(record.map(encodeVoterBallot)),
    ]);
    this.#storage.transactionSync(() => {
      this.#sql.exec(
        "INSERT OR REPLACE INTO voters (pid, ballots) SELECT value->>0, value->>1 FROM json_each(?)",
        JSON.stringify(voters),
      );
      this.#sql.exec(
        "INSERT INTO log (from_seq, ballots) VALUES (?, ?)",
        first.seq,
        JSON.stringify(transition.ballots.map(encodeBallot)),
      );
      this.#sql.exec(
        "UPDATE state SET seq = ?, tally = ?",
        transition.state.seq,
        JSON.stringify(tallyToJson(transition.state.tally)),
      );
    });
    this.state = transition.state;
  }

  /** At most `max` ballots after `seq`, in order. */
  readAfter(seq: number, max: number): Ballot[] {
    const rows = this.#sql.exec<{ from_seq: number; ballots: string }>(
      `SELECT from_seq, ballots FROM log
       WHERE from_seq >= COALESCE((SELECT from_seq FROM log WHERE from_seq <= ?1 ORDER BY from_seq DESC LIMIT 1), 0)
       ORDER BY from_seq`,
      seq + 1,
    );
    const ballots: Ballot[] = [];
    for (const row of rows) {
      // Written by `commit` above and by nothing else.
      const codes = JSON.parse(row.ballots) as BallotCode[];
      for (const [offset, code] of codes.entries()) {
        if (row.from_seq + offset <= seq) continue;
        ballots.push(decodeBallot(row.from_seq + offset, code));
        if (ballots.length === max) return ballots;
      }
    }
    return ballots;
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

function encodeVoterBallot(ballot: VoterBallot): VoterBallotCode {
  const { seq, choice, region, weight, acceptedAt, requestKey } = ballot;
  return [seq, choices.indexOf(choice), region, weight, acceptedAt, requestKey];
}

function decodeVoterBallot(pid: string, code: VoterBallotCode): VoterBallot {
  const [seq, choice, region, weight, acceptedAt, requestKey] = code;
  return { seq, pid, choice: decodeChoice(choice), region, weight, acceptedAt, requestKey };
}

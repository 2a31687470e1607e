import { decodeBallot, encodeBallot, type BallotCode } from "../../src/ballot/ballot-code.ts";
import type { Ballot } from "../../src/ballot/ballot.ts";
import type { VoterBallot } from "../../src/ballot/voter.ts";
import { invariant } from "../../src/shared/invariant.ts";

/** A ballot in the log, with the key of the request that made it, where one was sent. */
type LogCode = [...BallotCode, requestKey?: string];

type LogRow = { from_seq: number; ballots: string };

/** Every ballot that a shard has accepted, in seq order: the ballots of one commit are one row. */
export class BallotLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Writes the ballots of one commit, inside the caller's transaction: consecutive, from after the
   * log's last.
   */
  append(ballots: readonly VoterBallot[]): void {
    const [first] = ballots;
    if (first === undefined) return;
    this.#sql.exec(
      "INSERT INTO log (from_seq, ballots) VALUES (?, ?)",
      first.seq,
      JSON.stringify(ballots.map(encodeLogged)),
    );
  }

  /** At most `max` ballots after `seq`, in order. */
  readAfter(seq: number, max: number): Ballot[] {
    const ballots: Ballot[] = [];
    if (max <= 0) return ballots;
    for (const ballot of this.#after(seq, decodeBallot)) {
      if (ballots.push(ballot) === max) break;
    }
    return ballots;
  }

  /** All ballots after `seq` with the keys of their requests, in order. */
  keyedAfter(seq: number): Generator<VoterBallot> {
    return this.#after(seq, decodeKeyed);
  }

  /** The ballots with these seqs, which go up: a row that holds several of them is read once. */
  *keyedAt(seqs: readonly number[]): Generator<VoterBallot> {
    let from = 0;
    let codes: LogCode[] = [];
    for (const seq of seqs) {
      if (seq >= from + codes.length) {
        const row = this.#sql
          .exec<LogRow>(
            "SELECT from_seq, ballots FROM log WHERE from_seq <= ? ORDER BY from_seq DESC LIMIT 1",
            seq,
          )
          .one();
        from = row.from_seq;
        codes = codesOf(row);
      }
      const code = codes[seq - from];
      invariant(code !== undefined, "the index names a ballot that the log does not hold");
      yield decodeKeyed(seq, code);
    }
  }

  *#after<Read>(seq: number, decode: (seq: number, code: LogCode) => Read): Generator<Read> {
    const rows = this.#sql.exec<LogRow>(
      `SELECT from_seq, ballots FROM log
       WHERE from_seq >= COALESCE((SELECT from_seq FROM log WHERE from_seq <= ?1 ORDER BY from_seq DESC LIMIT 1), 0)
       ORDER BY from_seq`,
      seq + 1,
    );
    for (const row of rows) {
      for (const [offset, code] of codesOf(row).entries()) {
        const at = row.from_seq + offset;
        if (at > seq) yield decode(at, code);
      }
    }
  }
}

/** Written by `append` and by nothing else. */
function codesOf(row: LogRow): LogCode[] {
  return JSON.parse(row.ballots) as LogCode[];
}

function encodeLogged(ballot: VoterBallot): LogCode {
  const code = encodeBallot(ballot);
  return ballot.requestKey === null ? code : [...code, ballot.requestKey];
}

function decodeKeyed(seq: number, code: LogCode): VoterBallot {
  return { ...decodeBallot(seq, code), requestKey: code[5] ?? null };
}

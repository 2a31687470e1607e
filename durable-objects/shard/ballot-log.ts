import { decodeChoice, encodeBallot, type BallotCode } from "../../src/ballot/ballot-code.ts";
import type { Ballot } from "../../src/ballot/ballot.ts";
import type { VoterBallot } from "../../src/ballot/voter.ts";
import { invariant } from "../../src/invariant.ts";

/** A ballot in the log, with the key of the request that made it, where one was sent. */
type LogCode = [...BallotCode, requestKey?: string];

type LogRow = { from_seq: number; ballots: string };

/** Every ballot that a shard has accepted, in seq order: the ballots of one commit are one row. */
export class BallotLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Writes the ballots of one commit, inside the caller's transaction. They follow the last one of the log, and one another. */
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
    for (const { from_seq, codes } of max > 0 ? this.#rowsAfter(seq) : []) {
      for (let at = Math.max(from_seq, seq + 1); at < from_seq + codes.length; at += 1) {
        if (ballots.push(decodePlain(at, codeAt(codes, at - from_seq))) === max) return ballots;
      }
    }
    return ballots;
  }

  /** All ballots after `seq` with the keys of their requests, in order. */
  *keyedAfter(seq: number): Generator<VoterBallot> {
    for (const { from_seq, codes } of this.#rowsAfter(seq)) {
      for (let at = Math.max(from_seq, seq + 1); at < from_seq + codes.length; at += 1) {
        yield decodeKeyed(at, codeAt(codes, at - from_seq));
      }
    }
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
      yield decodeKeyed(seq, codeAt(codes, seq - from));
    }
  }

  /** The rows with ballots after `seq`; the first may begin before it. */
  *#rowsAfter(seq: number): Generator<{ from_seq: number; codes: LogCode[] }> {
    const rows = this.#sql.exec<LogRow>(
      `SELECT from_seq, ballots FROM log
       WHERE from_seq >= COALESCE((SELECT from_seq FROM log WHERE from_seq <= ?1 ORDER BY from_seq DESC LIMIT 1), 0)
       ORDER BY from_seq`,
      seq + 1,
    );
    for (const row of rows) yield { from_seq: row.from_seq, codes: codesOf(row) };
  }
}

/** Written by `append` and by nothing else. */
function codesOf(row: LogRow): LogCode[] {
  return JSON.parse(row.ballots) as LogCode[];
}

function codeAt(codes: readonly LogCode[], offset: number): LogCode {
  const code = codes[offset];
  invariant(code !== undefined, "the log does not hold a ballot that is in its record");
  return code;
}

function encodeLogged(ballot: VoterBallot): LogCode {
  const code = encodeBallot(ballot);
  return ballot.requestKey === null ? code : [...code, ballot.requestKey];
}

function decodePlain(seq: number, code: LogCode): Ballot {
  const [pid, choice, region, weight, acceptedAt] = code;
  return { seq, pid, choice: decodeChoice(choice), region, weight, acceptedAt };
}

function decodeKeyed(seq: number, code: LogCode): VoterBallot {
  const [pid, choice, region, weight, acceptedAt, requestKey = null] = code;
  return { seq, pid, choice: decodeChoice(choice), region, weight, acceptedAt, requestKey };
}

import { decodeBallot, encodeBallot, type BallotCode } from "../../src/ballot/ballot-code.ts";
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

  /** The ballots after `seq`, in order. */
  *readAfter(seq: number): Generator<VoterBallot> {
    const rows = this.#sql.exec<LogRow>(
      `SELECT from_seq, ballots FROM log
       WHERE from_seq >= COALESCE((SELECT from_seq FROM log WHERE from_seq <= ?1 ORDER BY from_seq DESC LIMIT 1), 0)
       ORDER BY from_seq`,
      seq + 1,
    );
    for (const row of rows) {
      for (const [offset, code] of parseRow(row).entries()) {
        const at = row.from_seq + offset;
        if (at > seq) yield decodeLogged(at, code);
      }
    }
  }

  /** The ballots with these seqs, which go up: a row that holds several of them is read once. */
  *readAt(seqs: readonly number[]): Generator<VoterBallot> {
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
        codes = parseRow(row);
      }
      const code = codes[seq - from];
      invariant(code !== undefined, "the index names a ballot that the log does not hold");
      yield decodeLogged(seq, code);
    }
  }
}

/** Written by `append` and by nothing else. */
function parseRow(row: LogRow): LogCode[] {
  return JSON.parse(row.ballots) as LogCode[];
}

function encodeLogged(ballot: VoterBallot): LogCode {
  const code = encodeBallot(ballot);
  return ballot.requestKey === null ? code : [...code, ballot.requestKey];
}

function decodeLogged(seq: number, code: LogCode): VoterBallot {
  const [pid, choice, region, weight, acceptedAt, requestKey = null] = code;
  return { ...decodeBallot(seq, [pid, choice, region, weight, acceptedAt]), requestKey };
}

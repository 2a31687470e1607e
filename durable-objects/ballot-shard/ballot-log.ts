import {
  decodeBallot,
  decodeChoice,
  encodeBallot,
  type BallotCode,
} from "../../src/ballot/ballot-code.ts";
import { ballotChoices, type Ballot } from "../../src/ballot/ballot.ts";
import type { LoggedBallot } from "../../src/ballot/state-after.ts";
import type { Countable } from "../../src/ballot/tally.ts";
import type { VoterBallot } from "../../src/ballot/voter.ts";
import type { SeenBallot } from "../../src/publication/counted-seqs.ts";
import { toHex, writeHex } from "../../src/shared/hex.ts";
import { invariant } from "../../src/shared/invariant.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";

/** A ballot in the log, and where it replaced another with what that counted for. */
type LogCode = [...BallotCode, replaced?: CountableCode];

type CountableCode = [choice: number, region: string, weight: number];

type LogRow = { from_seq: number; ballots: string };

/** With the ballots' nonces, one after the other. */
type KeyedRow = LogRow & { nonces: ArrayBuffer };

/** Bytes of a nonce. */
const nonceBytes = 32;

/** How many ballots one row of the log holds at most. */
export interface LogBounds {
  readonly logRowBallotsMax: number;
}

/**
 * Every ballot that a shard has accepted, in seq order: the ballots of one commit are one row, or
 * several where they are many. A row says how it changes the tally, so the state after it follows
 * from an older one.
 */
export class BallotLog {
  readonly #sql: SqliteStorage["sql"];
  readonly #rowBallotsMax: number;

  constructor(sql: SqliteStorage["sql"], { logRowBallotsMax }: LogBounds) {
    this.#sql = sql;
    this.#rowBallotsMax = logRowBallotsMax;
  }

  /**
   * Writes the ballots of one commit, inside the caller's transaction: consecutive, from after the
   * log's last. `replaced` has, by their seqs, the counted ballots that they replace.
   */
  append(ballots: readonly VoterBallot[], replaced: ReadonlyMap<number, Countable>): void {
    for (let from = 0; from < ballots.length; from += this.#rowBallotsMax) {
      const row = ballots.slice(from, from + this.#rowBallotsMax);
      const codes = row.map((ballot) => encodeLogged(ballot, replaced.get(ballot.seq)));
      this.#sql.exec(
        "INSERT INTO log (from_seq, ballots, nonces) VALUES (?, ?, ?)",
        (row[0] as VoterBallot).seq,
        JSON.stringify(codes),
        noncesOf(row),
      );
    }
  }

  /** The seq of the last ballot; 0 where there is none. */
  get lastSeq(): number {
    const rows = this.#sql.exec<LogRow>(
      "SELECT from_seq, ballots FROM log ORDER BY from_seq DESC LIMIT 1",
    );
    for (const row of rows) return row.from_seq + codesOf(row).length - 1;
    return 0;
  }

  /** At most `max` ballots after `seq`, in order. */
  readAfter(seq: number, max: number): Ballot[] {
    return firstOf(this.#codesAfter(seq, decodeBallot), max);
  }

  /** The same with their nonces. */
  readKeyedAfter(seq: number, max: number): VoterBallot[] {
    return firstOf(this.#keyedAfter(seq), max);
  }

  /** Whose ballots follow after `seq`, in order. */
  pidsAfter(seq: number): Generator<Pick<Ballot, "seq" | "pid">> {
    return this.#codesAfter(seq, (at, [pid]) => ({ seq: at, pid }));
  }

  /** All ballots from the newest back to the first, to see which of them count. */
  *backwards(): Generator<SeenBallot> {
    const rows = this.#sql.exec<LogRow>("SELECT from_seq, ballots FROM log ORDER BY from_seq DESC");
    for (const row of rows) {
      const codes = codesOf(row);
      for (let offset = codes.length - 1; offset >= 0; offset -= 1) {
        const [pid, choice, , , , replaced] = codes[offset] as LogCode;
        const isFirst = replaced === undefined;
        yield { seq: row.from_seq + offset, pid, choice: decodeChoice(choice), isFirst };
      }
    }
  }

  /** All ballots after a commit's last, which `seq` is, with those that they replaced, in order. */
  *changesAfter(seq: number): Generator<LoggedBallot> {
    const rows = this.#sql.exec<LogRow>(
      "SELECT from_seq, ballots FROM log WHERE from_seq > ? ORDER BY from_seq",
      seq,
    );
    for (const row of rows) {
      for (const [offset, code] of codesOf(row).entries())
        yield decodeChange(row.from_seq + offset, code);
    }
  }

  /** The ballots with these seqs, which go up: a row that holds several of them is read once. */
  *keyedAt(seqs: readonly number[]): Generator<VoterBallot> {
    let row: KeyedRow | null = null;
    let codes: LogCode[] = [];
    for (const seq of seqs) {
      if (row === null || seq >= row.from_seq + codes.length) {
        row = this.#sql
          .exec<KeyedRow>(
            "SELECT from_seq, ballots, nonces FROM log WHERE from_seq <= ? ORDER BY from_seq DESC LIMIT 1",
            seq,
          )
          .one();
        codes = codesOf(row);
      }
      const offset = seq - row.from_seq;
      const code = codes[offset];
      invariant(code !== undefined, "the index names a ballot that the log does not hold");
      yield { ...decodeBallot(seq, code), nonce: nonceAt(row, offset) };
    }
  }

  *#codesAfter<Read>(seq: number, decode: (seq: number, code: LogCode) => Read): Generator<Read> {
    const rows = this.#sql.exec<LogRow>(
      `SELECT from_seq, ballots FROM log WHERE from_seq >= ${rowOfSeq} ORDER BY from_seq`,
      seq + 1,
    );
    for (const row of rows) {
      for (const [offset, code] of codesOf(row).entries()) {
        const at = row.from_seq + offset;
        if (at > seq) yield decode(at, code);
      }
    }
  }

  *#keyedAfter(seq: number): Generator<VoterBallot> {
    const rows = this.#sql.exec<KeyedRow>(
      `SELECT from_seq, ballots, nonces FROM log WHERE from_seq >= ${rowOfSeq} ORDER BY from_seq`,
      seq + 1,
    );
    for (const row of rows) {
      for (const [offset, code] of codesOf(row).entries()) {
        const at = row.from_seq + offset;
        if (at > seq) yield { ...decodeBallot(at, code), nonce: nonceAt(row, offset) };
      }
    }
  }
}

/** The first seq of the row that holds seq ?1. */
const rowOfSeq =
  "COALESCE((SELECT from_seq FROM log WHERE from_seq <= ?1 ORDER BY from_seq DESC LIMIT 1), 0)";

function firstOf<Item>(items: Iterable<Item>, max: number): Item[] {
  const first: Item[] = [];
  if (max <= 0) return first;
  for (const item of items) {
    if (first.push(item) === max) break;
  }
  return first;
}

/** Written by `append` and by nothing else. */
function codesOf(row: LogRow): LogCode[] {
  return JSON.parse(row.ballots) as LogCode[];
}

function encodeLogged(ballot: VoterBallot, replaced: Countable | undefined): LogCode {
  const code = encodeBallot(ballot);
  return replaced === undefined ? code : [...code, encodeCountable(replaced)];
}

function noncesOf(ballots: readonly VoterBallot[]): ArrayBuffer {
  const nonces = new Uint8Array(nonceBytes * ballots.length);
  for (const [at, { nonce }] of ballots.entries()) writeHex(nonce, nonces, nonceBytes * at);
  return nonces.buffer;
}

function nonceAt({ nonces }: KeyedRow, offset: number): string {
  return toHex(new Uint8Array(nonces, nonceBytes * offset, nonceBytes));
}

function decodeChange(seq: number, code: LogCode): LoggedBallot {
  const replaced = code[5];
  return {
    ballot: decodeBallot(seq, code),
    replaced: replaced === undefined ? null : decodeCountable(replaced),
  };
}

function encodeCountable({ choice, region, weight }: Countable): CountableCode {
  return [ballotChoices.indexOf(choice), region, weight];
}

function decodeCountable([choice, region, weight]: CountableCode): Countable {
  return { choice: decodeChoice(choice), region, weight };
}

import { decodeChoice } from "../../src/ballot/ballot-code.ts";
import { ballotChoices } from "../../src/ballot/ballot.ts";
import type { VoterBallot, VoterRecord } from "../../src/ballot/voter.ts";
import { invariant } from "../../src/invariant.ts";
import { limits } from "../../src/limits.ts";

/** A voter's ballot in the voter's own row: like a ballot code, with seq and request key and without the pid. */
type VoterBallotCode = [
  seq: number,
  choice: number,
  region: string,
  weight: number,
  acceptedAt: number,
  requestKey: string | null,
];

/** What a pid begins with, in the order in which SQLite sorts it: each character is a range of the table, and a part of the index. */
const partAlphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/** A ballot is in the table at the latest when so many have followed it: once round all parts. */
const ballotsARound = partAlphabet.length * limits.indexStepBallots;

/**
 * Who has voted, and what: a table by pid, and in memory the voters whose newest ballots are not in it yet.
 *
 * Pids are random, so a voter written at once would cost a page of its own. The log is written at once instead; every
 * `indexStepBallots` ballots one part of the index, a range of pids, moves from memory into the table, in order of pid. Which parts
 * are due follows from the seq alone, so after a crash the last round of the log holds all that memory held.
 */
export class VoterIndex {
  readonly #sql: SqlStorage;
  readonly #readLog: (afterSeq: number) => Iterable<VoterBallot>;
  /** By part; null until the first question, so that an object which wakes only to report reads no log. */
  #recent: Map<string, VoterRecord>[] | null = null;

  constructor(sql: SqlStorage, readLog: (afterSeq: number) => Iterable<VoterBallot>) {
    this.#sql = sql;
    this.#readLog = readLog;
  }

  /** The records of those among `pids` who have voted, when the log's last ballot is `seq`. */
  read(pids: readonly string[], seq: number): Map<string, VoterRecord> {
    const recent = (this.#recent ??= this.#rebuild(seq));
    const found = new Map<string, VoterRecord>();
    const older: string[] = [];
    for (const pid of pids) {
      const record = recent[partOf(pid)]?.get(pid);
      if (record === undefined) older.push(pid);
      else found.set(pid, record);
    }
    this.#readTable(older, found);
    return found;
  }

  /** Writes the parts that are due when the log goes from one seq to another, inside the caller's transaction, which also wrote `voters`. */
  writeDue(fromSeq: number, toSeq: number, voters: ReadonlyMap<string, VoterRecord>): void {
    invariant(this.#recent !== null, "voters are read before they are written");
    for (const part of partsDue(fromSeq, toSeq)) {
      const rows = new Map(this.#recent[part]);
      for (const [pid, record] of voters) if (partOf(pid) === part) rows.set(pid, record);
      if (rows.size === 0) continue;
      this.#sql.exec(
        "INSERT OR REPLACE INTO voters (pid, ballots) SELECT value->>0, value->1 FROM json_each(?)",
        JSON.stringify(
          [...rows]
            .map(([pid, record]) => [pid, record.map(encodeVoterBallot)] as const)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        ),
      );
    }
  }

  /** Follows the transaction in which `writeDue` was called, once that has succeeded. */
  keep(fromSeq: number, toSeq: number, voters: ReadonlyMap<string, VoterRecord>): void {
    for (const [pid, record] of voters) this.#recent?.[partOf(pid)]?.set(pid, record);
    for (const part of partsDue(fromSeq, toSeq)) this.#recent?.[part]?.clear();
  }

  #rebuild(seq: number): Map<string, VoterRecord>[] {
    const tail = new Map<string, VoterBallot[]>();
    for (const ballot of this.#readLog(indexedSeq(seq))) {
      const ballots = tail.get(ballot.pid);
      if (ballots === undefined) tail.set(ballot.pid, [ballot]);
      else ballots.push(ballot);
    }
    const pids = [...tail.keys()];
    const known = new Map<string, VoterRecord>();
    for (let from = 0; from < pids.length; from += limits.commitBallotsMax) {
      this.#readTable(pids.slice(from, from + limits.commitBallotsMax), known);
    }
    const recent = Array.from(partAlphabet, () => new Map<string, VoterRecord>());
    for (const [pid, ballots] of tail) {
      const record = known.get(pid) ?? [];
      const last = record.at(-1)?.seq ?? 0;
      const newer = ballots.filter((ballot) => ballot.seq > last);
      if (newer.length > 0) recent[partOf(pid)]?.set(pid, [...record, ...newer]);
    }
    return recent;
  }

  #readTable(pids: readonly string[], found: Map<string, VoterRecord>): void {
    if (pids.length === 0) return;
    const rows = this.#sql.exec<{ pid: string; ballots: string }>(
      "SELECT pid, ballots FROM voters WHERE pid IN (SELECT value FROM json_each(?))",
      JSON.stringify(pids),
    );
    for (const { pid, ballots } of rows) {
      // Written by `writeDue` and by nothing else.
      const codes = JSON.parse(ballots) as VoterBallotCode[];
      found.set(
        pid,
        codes.map((code) => decodeVoterBallot(pid, code)),
      );
    }
  }
}

function partOf(pid: string): number {
  return Math.max(0, partAlphabet.indexOf(pid.charAt(0)));
}

/** The part of each step that the log passes: a step is the parts' turn, one after the other. */
function partsDue(fromSeq: number, toSeq: number): number[] {
  const first = Math.floor(fromSeq / limits.indexStepBallots) + 1;
  const last = Math.floor(toSeq / limits.indexStepBallots);
  const steps = Math.min(last - first + 1, partAlphabet.length);
  return Array.from(
    { length: Math.max(0, steps) },
    (_, index) => (first + index) % partAlphabet.length,
  );
}

/** Every ballot up to this one is in the table, whatever its part: its part has had its turn since. */
function indexedSeq(seq: number): number {
  const lastStep = seq - (seq % limits.indexStepBallots);
  return Math.max(0, lastStep - ballotsARound);
}

function encodeVoterBallot(ballot: VoterBallot): VoterBallotCode {
  const { seq, choice, region, weight, acceptedAt, requestKey } = ballot;
  return [seq, ballotChoices.indexOf(choice), region, weight, acceptedAt, requestKey];
}

function decodeVoterBallot(pid: string, code: VoterBallotCode): VoterBallot {
  const [seq, choice, region, weight, acceptedAt, requestKey] = code;
  return { seq, pid, choice: decodeChoice(choice), region, weight, acceptedAt, requestKey };
}

import { decodeBallot, encodeBallot, type BallotCode } from "../../src/ballot/ballot-code.ts";
import type { VoterBallot, VoterRecord } from "../../src/ballot/voter.ts";
import { pidBits } from "../../src/decision/shard-map.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import type { BallotLog } from "./ballot-log.ts";

/**
 * A voter's place in the index: 30 bits of the pid, which V8 keeps without an object of their own. Of a million voters about a thousand share
 * theirs with another, so a slot is read by the pids of its ballots. The pid's first 24 bits have chosen the shard: within one they hardly differ.
 */
type Slot = number;

/** What is remembered of a slot: the seq of its only ballot, which is in the log, or all its ballots where there are more, by seq. */
type SlotEntry = number | readonly VoterBallot[];

/** A ballot in a slot's row. */
type SlotBallotCode = [seq: number, requestKey: string | null, ...BallotCode];

const pidBitsBefore = 24;
const slotBits = 30;
const partBits = 6;
const parts = 2 ** partBits;

/** A ballot is in the table at the latest when so many have followed it: once round all parts. */
const ballotsARound = parts * limits.indexStepBallots;

/**
 * Who has voted: a table by slot, and in memory the slots whose newest ballots are not in it yet.
 *
 * Pids are random, so a voter written at once would cost a page of its own. The log is written at once instead; every
 * `indexStepBallots` ballots one part of the index, a range of slots, moves from memory into the table, in their order. Which parts
 * are due follows from the seq alone, so after a crash the last round of the log holds all that memory held.
 */
export class VoterIndex {
  readonly #storage: DurableObjectStorage;
  readonly #log: BallotLog;
  /** By part; null until the first question, so that an object which wakes only to report reads no log. */
  #recent: Map<Slot, SlotEntry>[] | null = null;
  /** All ballots in the slots that were asked for last. */
  #found: ReadonlyMap<Slot, readonly VoterBallot[]> = new Map();

  constructor(storage: DurableObjectStorage, log: BallotLog) {
    this.#storage = storage;
    this.#log = log;
  }

  /** The records of those among `pids` who have voted, when the log's last ballot is `seq`. */
  read(pids: readonly string[], seq: number): Map<string, VoterRecord> {
    const recent = (this.#recent ??= this.#rebuild(seq));
    const entries = new Map<Slot, SlotEntry>();
    const older: Slot[] = [];
    for (const pid of pids) {
      const slot = slotOf(pid);
      const entry = recent[partOf(slot)]?.get(slot);
      if (entry === undefined) older.push(slot);
      else entries.set(slot, entry);
    }
    // Before the first step nothing is in the table.
    if (seq >= limits.indexStepBallots) this.#readTable(older, entries);
    this.#found = this.#ballotsOf(entries);
    const records = new Map<string, VoterRecord>();
    if (entries.size === 0) return records;
    for (const pid of pids) {
      const record = this.#found.get(slotOf(pid))?.filter((ballot) => ballot.pid === pid) ?? [];
      if (record.length > 0) records.set(pid, record);
    }
    return records;
  }

  /** All ballots in the slots of these voters once they have these records. They are voters who were read last. */
  stage(voters: ReadonlyMap<string, VoterRecord>): Map<Slot, VoterRecord> {
    const staged = new Map<Slot, VoterRecord>();
    for (const [pid, record] of voters) {
      const slot = slotOf(pid);
      const before = staged.get(slot) ?? this.#found.get(slot);
      const others = before?.filter((ballot) => ballot.pid !== pid) ?? [];
      staged.set(slot, others.length === 0 ? record : inOrder([...others, ...record]));
    }
    return staged;
  }

  /** Writes the parts that are due when the log goes from one seq to another, inside the caller's transaction, which also wrote what is staged. */
  writeDue(fromSeq: number, toSeq: number, staged: ReadonlyMap<Slot, VoterRecord>): void {
    invariant(this.#recent !== null, "voters are read before they are written");
    for (const part of partsDue(fromSeq, toSeq)) {
      const due = new Map(this.#recent[part]);
      for (const [slot, record] of staged)
        if (partOf(slot) === part) due.set(slot, entryOf(record));
      this.#write(due);
    }
  }

  /** Follows the transaction in which `writeDue` was called, once that has succeeded. */
  keep(fromSeq: number, toSeq: number, staged: ReadonlyMap<Slot, VoterRecord>): void {
    for (const [slot, record] of staged) this.#recent?.[partOf(slot)]?.set(slot, entryOf(record));
    for (const part of partsDue(fromSeq, toSeq)) this.#recent?.[part]?.clear();
  }

  /** What memory held before the object was evicted. */
  #rebuild(seq: number): Map<Slot, SlotEntry>[] {
    const recent = Array.from({ length: parts }, () => new Map<Slot, SlotEntry>());
    for (const [slot, entry] of this.#join(this.#log.keyedAfter(indexedSeq(seq)))) {
      recent[partOf(slot)]?.set(slot, entry);
    }
    return recent;
  }

  /** What the table lacks of these ballots: the slots that they change, with what these hold then. */
  #join(ballots: Iterable<VoterBallot>): Map<Slot, SlotEntry> {
    const bySlot = new Map<Slot, VoterBallot[]>();
    for (const ballot of ballots) {
      const slot = slotOf(ballot.pid);
      const others = bySlot.get(slot);
      if (others === undefined) bySlot.set(slot, [ballot]);
      else others.push(ballot);
    }
    const slots = [...bySlot.keys()];
    const known = new Map<Slot, SlotEntry>();
    for (let from = 0; from < slots.length; from += limits.commitBallotsMax) {
      this.#readTable(slots.slice(from, from + limits.commitBallotsMax), known);
    }
    for (const [slot, entry] of known) {
      const atHand = bySlot.get(slot)?.find((ballot) => ballot.seq === entry);
      if (atHand !== undefined) known.set(slot, [atHand]);
    }
    const knownBallots = this.#ballotsOf(known);
    const joined = new Map<Slot, SlotEntry>();
    for (const [slot, newer] of bySlot) {
      const before = knownBallots.get(slot) ?? [];
      const seqs = new Set(before.map((ballot) => ballot.seq));
      const missing = newer.filter((ballot) => !seqs.has(ballot.seq));
      if (missing.length > 0) joined.set(slot, entryOf(inOrder([...before, ...missing])));
    }
    return joined;
  }

  #ballotsOf(entries: ReadonlyMap<Slot, SlotEntry>): Map<Slot, readonly VoterBallot[]> {
    const found = new Map<Slot, readonly VoterBallot[]>();
    const seqs: number[] = [];
    for (const [slot, entry] of entries) {
      if (typeof entry === "number") seqs.push(entry);
      else found.set(slot, entry);
    }
    const inLog = this.#log.keyedAt(seqs.toSorted((a, b) => a - b));
    for (const ballot of inLog) found.set(slotOf(ballot.pid), [ballot]);
    return found;
  }

  #readTable(slots: readonly Slot[], found: Map<Slot, SlotEntry>): void {
    if (slots.length === 0) return;
    const rows = this.#storage.sql.exec<{ slot: Slot; ballots: number | string }>(
      // Joined, since IN would sort the slots first; and in this order, which keeps SQLite from reading the table for each of them.
      "SELECT slot, ballots FROM json_each(?) CROSS JOIN voters ON slot = value",
      JSON.stringify(slots),
    );
    for (const { slot, ballots } of rows) {
      // Written by `#write` and by nothing else.
      found.set(slot, typeof ballots === "number" ? ballots : decodeSlot(ballots));
    }
  }

  /** The parameter is an object by slot, so that SQLite takes it apart once: a seq arrives as an integer, ballots as their JSON. */
  #write(entries: ReadonlyMap<Slot, SlotEntry>): void {
    if (entries.size === 0) return;
    const rows = [...entries]
      .toSorted(([a], [b]) => a - b)
      .map(([slot, entry]) => `"${slot}":${typeof entry === "number" ? entry : encodeSlot(entry)}`);
    this.#storage.sql.exec(
      "INSERT OR REPLACE INTO voters (slot, ballots) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
      `{${rows.join(",")}}`,
    );
  }
}

function slotOf(pid: string): Slot {
  return pidBits(pid, pidBitsBefore, slotBits);
}

function partOf(slot: Slot): number {
  return slot >> (slotBits - partBits);
}

function entryOf(ballots: VoterRecord): SlotEntry {
  const [only] = ballots;
  return only !== undefined && ballots.length === 1 ? only.seq : ballots;
}

function inOrder(ballots: VoterBallot[]): VoterBallot[] {
  return ballots.toSorted((a, b) => a.seq - b.seq);
}

/** The part of each step that the log passes: a step is the parts' turn, one after the other. */
function partsDue(fromSeq: number, toSeq: number): number[] {
  const first = Math.floor(fromSeq / limits.indexStepBallots) + 1;
  const last = Math.floor(toSeq / limits.indexStepBallots);
  const steps = Math.min(last - first + 1, parts);
  return Array.from({ length: Math.max(0, steps) }, (_, index) => (first + index) % parts);
}

/** Every ballot up to this one is in the table, whatever its part: its part has had its turn since. */
function indexedSeq(seq: number): number {
  const lastStep = seq - (seq % limits.indexStepBallots);
  return Math.max(0, lastStep - ballotsARound);
}

function encodeSlot(ballots: readonly VoterBallot[]): string {
  return JSON.stringify(
    ballots.map((ballot): SlotBallotCode => [
      ballot.seq,
      ballot.requestKey,
      ...encodeBallot(ballot),
    ]),
  );
}

function decodeSlot(text: string): VoterBallot[] {
  const codes = JSON.parse(text) as SlotBallotCode[];
  return codes.map(([seq, requestKey, ...code]) => ({ ...decodeBallot(seq, code), requestKey }));
}

import { decodeBallot, encodeBallot, type BallotCode } from "../../src/ballot/ballot-code.ts";
import type { VoterBallot, VoterRecord } from "../../src/ballot/voter.ts";
import { pidBits } from "../../src/decision/shard-map.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";
import type { BallotLog } from "./ballot-log.ts";
import { FlushSchedule, type FlushBounds } from "./flush-schedule.ts";

/**
 * A voter's bucket in the index: 30 bits of the pid, a small integer for V8. Of a million voters
 * about a thousand share theirs with another, so a bucket is read by the pids of its ballots. The
 * pid's first 24 bits have chosen the shard: within one they hardly differ.
 */
type Bucket = number;

/**
 * What is remembered of a bucket: the seq of its only ballot, which is in the log, or all its
 * ballots by seq.
 */
type BucketEntry = number | readonly VoterBallot[];

/** A ballot in a bucket's row. */
type BucketBallotCode = [seq: number, requestKey: string | null, ...BallotCode];

/** What the index knows of the voters who were asked for. */
export type FoundVoters = {
  /** The records of those who have voted. */
  records: ReadonlyMap<string, VoterRecord>;
  /** All ballots in their buckets, also of voters who were not asked for. */
  buckets: ReadonlyMap<Bucket, readonly VoterBallot[]>;
};

/** All ballots in the buckets that a commit changes. */
type ChangedBuckets = ReadonlyMap<Bucket, VoterRecord>;

const pidBitsBefore = 24;
const bucketBits = 30;

/**
 * Who has voted: a table by bucket, and in memory the buckets whose newest ballots are not in it
 * yet.
 *
 * Pids are random, so a voter written at once would cost a page of its own. The log is written at
 * once instead. Every `indexFlushBallots` ballots one partition, a range of buckets, is flushed
 * from memory into the table, in their order; a cycle flushes all. Which partitions are due follows
 * from the seq alone, so after a crash the last cycle of the log holds all that memory held.
 */
export class VoterIndex {
  readonly #storage: SqliteStorage;
  readonly #log: BallotLog;
  readonly #flushes: FlushSchedule;
  /**
   * By partition; null until the first question, so that an object which wakes only to report reads
   * no log.
   */
  #recent: Map<Bucket, BucketEntry>[] | null = null;

  constructor(storage: SqliteStorage, log: BallotLog, bounds: FlushBounds) {
    this.#storage = storage;
    this.#log = log;
    this.#flushes = new FlushSchedule(bounds, bucketBits);
  }

  /** What is known of those among `pids` who have voted, when the log's last ballot is `seq`. */
  read(pids: readonly string[], seq: number): FoundVoters {
    const recent = (this.#recent ??= this.#rebuild(seq));
    const entries = new Map<Bucket, BucketEntry>();
    const older: Bucket[] = [];
    for (const pid of pids) {
      const bucket = bucketOf(pid);
      const entry = recent[this.#flushes.partitionOf(bucket)]?.get(bucket);
      if (entry === undefined) older.push(bucket);
      else entries.set(bucket, entry);
    }
    // Before the first flush nothing is in the table.
    if (seq >= this.#flushes.ballots) this.#readTable(older, entries);
    const buckets = this.#ballotsOf(entries);
    const records = new Map<string, VoterRecord>();
    if (entries.size === 0) return { records, buckets };
    for (const pid of pids) {
      const record = buckets.get(bucketOf(pid))?.filter((ballot) => ballot.pid === pid) ?? [];
      if (record.length > 0) records.set(pid, record);
    }
    return { records, buckets };
  }

  /**
   * All ballots in the buckets of these voters once they have these records; `found` is what was
   * read of them.
   */
  stage(found: FoundVoters, voters: ReadonlyMap<string, VoterRecord>): ChangedBuckets {
    const staged = new Map<Bucket, VoterRecord>();
    for (const [pid, record] of voters) {
      const bucket = bucketOf(pid);
      const before = staged.get(bucket) ?? found.buckets.get(bucket);
      const others = before?.filter((ballot) => ballot.pid !== pid) ?? [];
      staged.set(bucket, others.length === 0 ? record : inOrder([...others, ...record]));
    }
    return staged;
  }

  /**
   * Writes the partitions that are due when the log goes from one seq to another, inside the
   * caller's transaction.
   */
  writeDue(fromSeq: number, toSeq: number, staged: ChangedBuckets): void {
    invariant(this.#recent !== null, "voters are read before they are written");
    for (const partition of this.#flushes.due(fromSeq, toSeq)) {
      const due = new Map(this.#recent[partition]);
      for (const [bucket, record] of staged)
        if (this.#flushes.partitionOf(bucket) === partition) due.set(bucket, entryOf(record));
      this.#write(due);
    }
  }

  /** Follows the transaction in which `writeDue` was called, once that has succeeded. */
  keep(fromSeq: number, toSeq: number, staged: ChangedBuckets): void {
    for (const [bucket, record] of staged)
      this.#recent?.[this.#flushes.partitionOf(bucket)]?.set(bucket, entryOf(record));
    for (const partition of this.#flushes.due(fromSeq, toSeq)) this.#recent?.[partition]?.clear();
  }

  /** What memory held before the object was evicted. */
  #rebuild(seq: number): Map<Bucket, BucketEntry>[] {
    const recent = Array.from(
      { length: this.#flushes.partitions },
      () => new Map<Bucket, BucketEntry>(),
    );
    for (const [bucket, entry] of this.#join(this.#log.keyedAfter(this.#flushes.indexedSeq(seq)))) {
      recent[this.#flushes.partitionOf(bucket)]?.set(bucket, entry);
    }
    return recent;
  }

  /**
   * What the table lacks of these ballots: the buckets that they change, with what these hold then.
   */
  #join(ballots: Iterable<VoterBallot>): Map<Bucket, BucketEntry> {
    const byBucket = new Map<Bucket, VoterBallot[]>();
    for (const ballot of ballots) {
      const bucket = bucketOf(ballot.pid);
      const others = byBucket.get(bucket);
      if (others === undefined) byBucket.set(bucket, [ballot]);
      else others.push(ballot);
    }
    const buckets = [...byBucket.keys()];
    const known = new Map<Bucket, BucketEntry>();
    for (let from = 0; from < buckets.length; from += limits.commitBallotsMax) {
      this.#readTable(buckets.slice(from, from + limits.commitBallotsMax), known);
    }
    for (const [bucket, entry] of known) {
      const atHand = byBucket.get(bucket)?.find((ballot) => ballot.seq === entry);
      if (atHand !== undefined) known.set(bucket, [atHand]);
    }
    const knownBallots = this.#ballotsOf(known);
    const joined = new Map<Bucket, BucketEntry>();
    for (const [bucket, newer] of byBucket) {
      const before = knownBallots.get(bucket) ?? [];
      const seqs = new Set(before.map((ballot) => ballot.seq));
      const missing = newer.filter((ballot) => !seqs.has(ballot.seq));
      if (missing.length > 0) joined.set(bucket, entryOf(inOrder([...before, ...missing])));
    }
    return joined;
  }

  #ballotsOf(entries: ReadonlyMap<Bucket, BucketEntry>): Map<Bucket, readonly VoterBallot[]> {
    const found = new Map<Bucket, readonly VoterBallot[]>();
    const seqs: number[] = [];
    for (const [bucket, entry] of entries) {
      if (typeof entry === "number") seqs.push(entry);
      else found.set(bucket, entry);
    }
    const inLog = this.#log.keyedAt(seqs.toSorted((a, b) => a - b));
    for (const ballot of inLog) found.set(bucketOf(ballot.pid), [ballot]);
    return found;
  }

  #readTable(buckets: readonly Bucket[], found: Map<Bucket, BucketEntry>): void {
    if (buckets.length === 0) return;
    const rows = this.#storage.sql.exec<{ bucket: Bucket; ballots: number | string }>(
      // Joined, since IN would sort the buckets first; and in this order, which keeps SQLite from
      // reading the table for each of them.
      "SELECT bucket, ballots FROM json_each(?) CROSS JOIN voters ON bucket = value",
      JSON.stringify(buckets),
    );
    for (const { bucket, ballots } of rows) {
      // Written by `#write` and by nothing else.
      found.set(bucket, typeof ballots === "number" ? ballots : decodeBucket(ballots));
    }
  }

  /**
   * The parameter is an object by bucket, so that SQLite takes it apart once: a seq arrives as an
   * integer, ballots as their JSON.
   */
  #write(entries: ReadonlyMap<Bucket, BucketEntry>): void {
    if (entries.size === 0) return;
    const rows = [...entries]
      .toSorted(([a], [b]) => a - b)
      .map(
        ([bucket, entry]) =>
          `"${bucket}":${typeof entry === "number" ? entry : encodeBucket(entry)}`,
      );
    this.#storage.sql.exec(
      "INSERT OR REPLACE INTO voters (bucket, ballots) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
      `{${rows.join(",")}}`,
    );
  }
}

function bucketOf(pid: string): Bucket {
  return pidBits(pid, pidBitsBefore, bucketBits);
}

function entryOf(ballots: VoterRecord): BucketEntry {
  const [only] = ballots;
  return only !== undefined && ballots.length === 1 ? only.seq : ballots;
}

function inOrder(ballots: VoterBallot[]): VoterBallot[] {
  return ballots.toSorted((a, b) => a.seq - b.seq);
}

function encodeBucket(ballots: readonly VoterBallot[]): string {
  return JSON.stringify(
    ballots.map((ballot): BucketBallotCode => [
      ballot.seq,
      ballot.requestKey,
      ...encodeBallot(ballot),
    ]),
  );
}

function decodeBucket(text: string): VoterBallot[] {
  const codes = JSON.parse(text) as BucketBallotCode[];
  return codes.map(([seq, requestKey, ...code]) => ({ ...decodeBallot(seq, code), requestKey }));
}

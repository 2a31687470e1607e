import type { VoterBallot, VoterRecord } from "../../src/ballot/voter.ts";
import { pidBits } from "../../src/decision/shard-map.ts";
import { invariant } from "../../src/shared/invariant.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";
import type { BallotLog } from "./ballot-log.ts";
import { BucketFilter } from "./bucket-filter.ts";
import { FlushSchedule, type FlushBounds } from "./flush-schedule.ts";
import { toEntries, type BucketSeqs, type IndexEntries } from "./index-entries.ts";
import { VoterBlocks, type BlockBounds, type BucketRange } from "./voter-blocks.ts";

/**
 * A voter's bucket in the index: 30 bits of the pid, a small integer for V8. Of a million voters
 * about a thousand share theirs with another, so a ballot is asked for its pid. The pid's first 24
 * bits have chosen the shard: within one they hardly differ.
 */
type Bucket = number;

/** What the index knows of the voters who were asked for. */
export type FoundVoters = {
  /** The records of those who have voted, and of others in their buckets. */
  records: ReadonlyMap<string, VoterRecord>;
};

/** What the index needs of a ballot. */
type IndexedBallot = Pick<VoterBallot, "seq" | "pid">;

/** A range of buckets. */
type Partition = {
  range: BucketRange;
  /** The seqs of ballots that may be missing in the table, by bucket. */
  recent: Map<Bucket, BucketSeqs>;
  /** What the table may have; null until it was seen. */
  filter: BucketFilter | null;
};

const pidBitsBefore = 24;
const bucketBits = 30;

/**
 * Who has voted: the seqs of the log's ballots by their voters' buckets. They are in a table, and
 * the newest of them in memory.
 *
 * Pids are random, so a voter written at once would cost a page of its own. The log is written at
 * once instead. Every `indexFlushBallots` ballots one partition, a range of buckets, is flushed
 * from memory into the table, in their order; a cycle flushes all. Which partitions are due follows
 * from the seq alone, so after a crash the last cycle of the log holds all that memory held.
 */
export class VoterIndex {
  readonly #log: BallotLog;
  readonly #flushes: FlushSchedule;
  readonly #blocks: VoterBlocks;
  /** Null until the first question, so that an object which wakes only to report reads no log. */
  #partitions: Partition[] | null = null;

  constructor(storage: SqliteStorage, log: BallotLog, bounds: FlushBounds & BlockBounds) {
    this.#log = log;
    this.#flushes = new FlushSchedule(bounds, bucketBits);
    this.#blocks = new VoterBlocks(storage.sql, bounds);
  }

  /** What is known of those among `pids` who have voted, when the log's last ballot is `seq`. */
  read(pids: readonly string[], seq: number): FoundVoters {
    const partitions = (this.#partitions ??= this.#rebuild(seq));
    const seqs: number[] = [];
    const older = new Set<Bucket>();
    for (const bucket of new Set(pids.map(bucketOf))) {
      const partition = this.#partitionOf(partitions, bucket);
      const recent = partition.recent.get(bucket);
      if (typeof recent === "number") seqs.push(recent);
      else if (recent !== undefined) seqs.push(...recent);
      if (partition.filter?.mayHave(bucket) !== false) older.add(bucket);
    }
    if (older.size > 0) seqs.push(...this.#blocks.read(older));
    const records = new Map<string, VoterBallot[]>();
    for (const ballot of this.#log.keyedAt(inOrder(seqs))) {
      const record = records.get(ballot.pid);
      if (record === undefined) records.set(ballot.pid, [ballot]);
      else record.push(ballot);
    }
    return { records };
  }

  /**
   * Writes the partitions that are due with these ballots, which the log gains after `seq`, inside
   * the caller's transaction.
   */
  writeDue(seq: number, ballots: readonly IndexedBallot[]): void {
    const due = this.#flushes.due(seq, seq + ballots.length);
    if (due.length === 0) return;
    const buckets = ballots.map(({ pid }) => bucketOf(pid));
    for (const index of due) {
      const partition = this.#known[index];
      invariant(partition !== undefined, "only partitions that there are take turns");
      const entries = new Map(partition.recent);
      for (const [at, bucket] of buckets.entries()) {
        if (this.#flushes.partitionOf(bucket) === index) addSeq(entries, bucket, seq + at + 1);
      }
      if (entries.size > 0) this.#flush(partition, toEntries(entries));
    }
  }

  /** Follows the transaction in which `writeDue` was called, once that has succeeded. */
  keep(seq: number, ballots: readonly IndexedBallot[]): void {
    const partitions = this.#known;
    for (const ballot of ballots) {
      const bucket = bucketOf(ballot.pid);
      addSeq(this.#partitionOf(partitions, bucket).recent, bucket, ballot.seq);
    }
    for (const due of this.#flushes.due(seq, seq + ballots.length)) partitions[due]?.recent.clear();
  }

  /**
   * A filter that has more than the table, since this transaction failed, costs a look and tells
   * nothing wrong.
   */
  #flush(partition: Partition, entries: IndexEntries): void {
    const blocks = this.#blocks.write(entries, partition.range);
    const count = blocks.reduce((sum, { buckets }) => sum + buckets.length, 0);
    const { range, filter } = partition;
    const isKept = filter !== null && !filter.isTooSmallFor(count);
    const next = isKept ? filter : new BucketFilter(count, range.to - range.from);
    for (const { buckets } of isKept ? [entries] : blocks)
      for (const bucket of buckets) next.add(bucket);
    partition.filter = next;
  }

  /** What memory held before the object was evicted. */
  #rebuild(seq: number): Partition[] {
    const { partitions: count, ballots } = this.#flushes;
    const width = 2 ** bucketBits / count;
    // Before the first flush nothing is in the table.
    const isEmpty = seq < ballots;
    const partitions = Array.from({ length: count }, (_, index): Partition => ({
      range: { from: index * width, to: (index + 1) * width },
      recent: new Map(),
      filter: isEmpty ? new BucketFilter(0, width) : null,
    }));
    for (const ballot of this.#log.pidsAfter(this.#flushes.indexedSeq(seq))) {
      const bucket = bucketOf(ballot.pid);
      addSeq(this.#partitionOf(partitions, bucket).recent, bucket, ballot.seq);
    }
    return partitions;
  }

  get #known(): Partition[] {
    invariant(this.#partitions !== null, "voters are read before they are written");
    return this.#partitions;
  }

  #partitionOf(partitions: readonly Partition[], bucket: Bucket): Partition {
    const partition = partitions[this.#flushes.partitionOf(bucket)];
    invariant(partition !== undefined, "each bucket is in a partition");
    return partition;
  }
}

function bucketOf(pid: string): Bucket {
  return pidBits(pid, pidBitsBefore, bucketBits);
}

/** A list is never changed, since a flush that may fail has it too. */
function addSeq(seqs: Map<Bucket, BucketSeqs>, bucket: Bucket, seq: number): void {
  const before = seqs.get(bucket);
  if (before === undefined) seqs.set(bucket, seq);
  else seqs.set(bucket, typeof before === "number" ? [before, seq] : [...before, seq]);
}

/** From the first to the last, each once. */
function inOrder(seqs: readonly number[]): number[] {
  return [...new Set(seqs)].toSorted((a, b) => a - b);
}

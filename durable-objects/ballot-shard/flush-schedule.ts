/** How often the voter index is flushed, and in how many parts. */
export interface FlushBounds {
  /** Ballots between two flushes. */
  readonly indexFlushBallots: number;
  /** Bits of a bucket that say its partition. */
  readonly indexPartitionBits: number;
}

/**
 * When which partition of the voter index is flushed: they take turns, one every so many ballots.
 * It follows from the seq alone, so memory and disk never disagree about it.
 */
export class FlushSchedule {
  /** Ballots between two flushes. */
  readonly ballots: number;
  readonly partitions: number;
  readonly #shift: number;

  /** @param bucketBits bits of a bucket's number */
  constructor({ indexFlushBallots, indexPartitionBits }: FlushBounds, bucketBits: number) {
    this.ballots = indexFlushBallots;
    this.partitions = 2 ** indexPartitionBits;
    this.#shift = bucketBits - indexPartitionBits;
  }

  partitionOf(bucket: number): number {
    return bucket >> this.#shift;
  }

  /** The partition of each flush that the log passes when it goes from one seq to another. */
  due(fromSeq: number, toSeq: number): number[] {
    const first = Math.floor(fromSeq / this.ballots) + 1;
    const last = Math.floor(toSeq / this.ballots);
    const flushes = Math.min(last - first + 1, this.partitions);
    return Array.from(
      { length: Math.max(0, flushes) },
      (_, index) => (first + index) % this.partitions,
    );
  }

  /**
   * Every ballot up to this one is in the table when the log's last is `seq`: whatever its
   * partition, that was flushed since.
   */
  indexedSeq(seq: number): number {
    const lastFlush = seq - (seq % this.ballots);
    return Math.max(0, lastFlush - this.partitions * this.ballots);
  }
}

import type { Ballot } from "../ballot/ballot.ts";
import type { ShardAddress } from "../ballot/receipt.ts";
import { growingDelayMs } from "../shared/backoff.ts";
import { limits } from "../shared/limits.ts";
import { cutRecords } from "./cut-records.ts";
import type { VoteLog } from "./vote-log.ts";

/** How far a shard's log has been sent, and how far the database is known to hold it. */
export type OutboxProgress = {
  publishedSeq: number;
  confirmedSeq: number;
  /**
   * When something was last confirmed, in ms, or first published after everything was: while the
   * database still catches up nothing is sent twice, and votes that keep coming do not put off
   * sending again what was lost.
   */
  movedAt: number;
  /** Times that unconfirmed ballots were sent again since the last confirmation. */
  republished: number;
};

/** The progress with what the last drain met; null where it went well. */
export type OutboxReport = OutboxProgress & { failure: string | null };

/**
 * The shard's log as the drain sees it: reads are in seq order, a mark is durable when it returns.
 */
export type Outbox = {
  address: ShardAddress;
  progress(): OutboxProgress;
  /** The seq of the last ballot that was accepted. */
  lastSeq(): number;
  readAfter(seq: number, max: number): Ballot[];
  markPublished(fromSeq: number, toSeq: number): void;
};

/**
 * Publishes what is not yet published, in order, in bounded batches; tells whether something is
 * left. Votes go first: of a shard that is in a rush one batch is published, so that its time is
 * theirs and the database follows at a measured pace. A crash between publishing and the mark
 * publishes a batch twice, which the writer does not mind.
 * @throws what the vote log throws; what was marked until then stays marked.
 */
export async function drainOutbox(
  outbox: Outbox,
  log: VoteLog,
  { isInRush }: { isInRush: boolean },
): Promise<"drained" | "more"> {
  const rounds = isInRush ? 1 : limits.drainRoundsMax;
  for (let round = 0; round < rounds; round += 1) {
    const { publishedSeq } = outbox.progress();
    const ballots = outbox.readAfter(publishedSeq, limits.drainBallotsMax);
    const last = ballots.at(-1);
    if (last === undefined) return "drained";
    await log.publish(cutRecords(outbox.address, ballots));
    outbox.markPublished(publishedSeq, last.seq);
    if (outbox.progress().publishedSeq >= outbox.lastSeq()) return "drained";
  }
  return "more";
}

/**
 * When unconfirmed ballots are to be sent again, in ms; null when everything published is
 * confirmed.
 */
export function republishMoment(progress: OutboxProgress, afterMs: number): number | null {
  if (progress.confirmedSeq >= progress.publishedSeq) return null;
  const bounds = { firstMs: afterMs, maxMs: limits.republishDelayMsMax };
  const waitMs = growingDelayMs(progress.republished + 1, bounds);
  return progress.movedAt + waitMs;
}

/** Ballots that were published, after `fromSeq` up to `toSeq`, at `now` in ms. */
export interface PublishedBallots {
  fromSeq: number;
  toSeq: number;
  now: number;
}

/**
 * The progress after publishing the ballots after `fromSeq` up to `toSeq`. A rebuild that reset it
 * in the meantime wins: the mark is dropped.
 */
export function afterPublishing(
  progress: OutboxProgress,
  { fromSeq, toSeq, now }: PublishedBallots,
): OutboxProgress {
  if (progress.publishedSeq < fromSeq) return progress;
  const movedAt = progress.confirmedSeq < progress.publishedSeq ? progress.movedAt : now;
  return { ...progress, publishedSeq: Math.max(progress.publishedSeq, toSeq), movedAt };
}

/** The progress once the database is known to hold every ballot up to `appliedSeq`. */
export function afterConfirming(
  progress: OutboxProgress,
  appliedSeq: number,
  now: number,
): OutboxProgress {
  if (appliedSeq <= progress.confirmedSeq) return progress;
  const publishedSeq = Math.max(progress.publishedSeq, appliedSeq);
  return { publishedSeq, confirmedSeq: appliedSeq, movedAt: now, republished: 0 };
}

/** The progress with everything unconfirmed to be sent again. */
export function afterGivingUp(progress: OutboxProgress): OutboxProgress {
  const republished = progress.republished + 1;
  return { ...progress, publishedSeq: progress.confirmedSeq, republished };
}

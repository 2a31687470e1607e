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
  /**
   * Counts the rebuilds of the database, from 1. What was applied before one may be gone, so its
   * confirmation says nothing of what the database holds after it.
   */
  epoch: number;
  /** What the registry was told to wait, which has to be taken back; null where it was not. */
  behindTold: WaitingRun | null;
};

/** The ballots up to `seq` that are not confirmed; the oldest was seen to wait at `since` (ms). */
export type WaitingRun = { seq: number; since: number };

/** Up to where the database holds a shard's ballots, by records of this epoch. */
export type Confirmation = { epoch: number; appliedSeq: number };

/** The progress of a shard that has sent nothing. */
export const noProgress: OutboxProgress = {
  publishedSeq: 0,
  confirmedSeq: 0,
  movedAt: 0,
  republished: 0,
  epoch: 1,
  behindTold: null,
};

/** The progress with what the last drain met; null where it went well. */
export type OutboxReport = OutboxProgress & { failure: string | null };

/** Ballots after `fromSeq` up to `toSeq`, in records of this epoch. */
export type PublishedRun = { epoch: number; fromSeq: number; toSeq: number };

/**
 * The shard's log as the drain sees it: reads are in seq order, a mark is durable when it returns.
 */
export type Outbox = {
  address: ShardAddress;
  progress(): OutboxProgress;
  /** The seq of the last ballot that was accepted. */
  lastSeq(): number;
  readAfter(seq: number, max: number): Ballot[];
  markPublished(run: PublishedRun): void;
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
    const { publishedSeq, epoch } = outbox.progress();
    const ballots = outbox.readAfter(publishedSeq, limits.drainBallotsMax);
    const last = ballots.at(-1);
    if (last === undefined) return "drained";
    await log.publish(cutRecords({ ...outbox.address, epoch }, ballots));
    outbox.markPublished({ epoch, fromSeq: publishedSeq, toSeq: last.seq });
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

/**
 * The progress after publishing a run. A rebuild in the meantime wins, and so does giving up what
 * was not confirmed: the mark is dropped.
 */
export function afterPublishing(
  progress: OutboxProgress,
  { epoch, fromSeq, toSeq }: PublishedRun,
  now: number,
): OutboxProgress {
  if (progress.epoch !== epoch || progress.publishedSeq < fromSeq) return progress;
  const movedAt = progress.confirmedSeq < progress.publishedSeq ? progress.movedAt : now;
  return { ...progress, publishedSeq: Math.max(progress.publishedSeq, toSeq), movedAt };
}

/**
 * The progress once the database is known to hold every ballot up to `appliedSeq`. What was known
 * before a rebuild changes nothing.
 */
export function afterConfirming(
  progress: OutboxProgress,
  { epoch, appliedSeq }: Confirmation,
  now: number,
): OutboxProgress {
  if (epoch !== progress.epoch || appliedSeq <= progress.confirmedSeq) return progress;
  const publishedSeq = Math.max(progress.publishedSeq, appliedSeq);
  const { behindTold } = progress;
  return {
    publishedSeq,
    confirmedSeq: appliedSeq,
    movedAt: now,
    republished: 0,
    epoch,
    behindTold,
  };
}

/** The progress with everything to be sent again, in records of a new epoch. */
export function afterRebuild({ epoch, behindTold }: OutboxProgress): OutboxProgress {
  return { ...noProgress, epoch: epoch + 1, behindTold };
}

/** The progress with everything unconfirmed to be sent again. */
export function afterGivingUp(progress: OutboxProgress): OutboxProgress {
  const republished = progress.republished + 1;
  return { ...progress, publishedSeq: progress.confirmedSeq, republished };
}

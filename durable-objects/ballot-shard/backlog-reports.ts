import { reportFailure } from "../../src/platform/report-failure.ts";
import { alarmRetryDelayMs, growingDelayMs } from "../../src/shared/backoff.ts";
import { limits } from "../../src/shared/limits.ts";
import type { ShardAddress } from "../../src/ballot/receipt.ts";
import type { ShardBacklog } from "../../src/vote-log/backlog.ts";
import type { WaitingRun } from "../../src/vote-log/outbox.ts";
import { earliest } from "../shared/earliest.ts";
import type { ShardStore } from "./shard-store.ts";

/** The way to the registry: what waits of a shard, or that nothing does any more. */
export type SendBacklog = (address: ShardAddress, backlog: ShardBacklog | null) => Promise<void>;

const bounds = { firstMs: limits.backlogNoticeMs, maxMs: limits.backlogToldMsMax };

/**
 * Tells the registry what the database does not hold of a shard after a while, ever more seldom, and
 * once when it does again. How long ballots wait is by when this instance saw them: most have no
 * time of their own. What was told is kept: an instance that begins has to take it back.
 */
export class BacklogReports {
  readonly #store: ShardStore;
  readonly #send: SendBacklog;
  /** What waits; null where the database holds everything. */
  #waiting: WaitingRun | null = null;
  /** Whether ballots were confirmed in time since the registry was last told that they wait. */
  #isInTime = false;
  /** When to tell again what was told, in ms. */
  #tellAt: number | null = null;
  /** When to try again what failed, in ms. */
  #retryAt: number | null = null;
  #told = 0;
  #failures = 0;
  #failingSince: number | null = null;

  constructor(store: ShardStore, send: SendBacklog) {
    this.#store = store;
    this.#send = send;
  }

  /** When there is something to look at, in ms; null where the database holds everything. */
  nextAt(now: number): number | null {
    this.noteConfirmed(now);
    if (this.#isToTakeBack) return this.#retryAt ?? now;
    const since = earliest([this.#waiting?.since ?? null, this.#failingSince]);
    if (since === null) return null;
    const noticeAt = Math.max(since + limits.backlogNoticeMs, this.#retryAt ?? 0);
    if (this.#store.progress.behindTold === null) return noticeAt;
    return (this.#tellAt ??= Math.max(now, noticeAt));
  }

  /** Moves on to what still waits, at `now` (ms). */
  noteConfirmed(now: number): void {
    const { progress, state } = this.#store;
    const before = this.#waiting;
    if (progress.confirmedSeq >= state.seq) {
      this.#waiting = null;
      this.#isInTime = true;
    } else if (before === null) {
      this.#waiting = this.#firstSeen(now);
    } else if (progress.confirmedSeq >= before.seq) {
      if (now - before.since < limits.backlogNoticeMs) this.#isInTime = true;
      this.#waiting = { seq: state.seq, since: now };
    }
  }

  /** Looks if it is time. `cause` is what the drain has met, null where it went well. Never throws. */
  async report(cause: string | null): Promise<void> {
    const now = Date.now();
    this.#failingSince = cause === null ? null : (this.#failingSince ?? now);
    const at = this.nextAt(now);
    const { terms } = this.#store;
    if (terms === null || at === null || at > now) return;
    const { decisionId, shard } = terms;
    try {
      if (this.#isToTakeBack) await this.#takeBack({ decisionId, shard });
      else await this.#tell({ decisionId, shard }, cause, now);
      this.#failures = 0;
      this.#retryAt = null;
    } catch (error) {
      this.#failures += 1;
      this.#retryAt = now + alarmRetryDelayMs(this.#failures);
      this.#tellAt = this.#retryAt;
      reportFailure("shard.backlog_not_told", error, { decision: decisionId, shard });
    }
  }

  get #isToTakeBack(): boolean {
    const isOver = this.#failingSince === null && (this.#waiting === null || this.#isInTime);
    return isOver && this.#store.progress.behindTold !== null;
  }

  /** What waits, by what an instance finds that has begun. */
  #firstSeen(now: number): WaitingRun {
    const { progress, state } = this.#store;
    const { confirmedSeq, publishedSeq, movedAt, behindTold } = progress;
    if (behindTold !== null && confirmedSeq < behindTold.seq) return behindTold;
    // The oldest was published by the time that something last moved; of the others nothing is known.
    if (confirmedSeq < publishedSeq) return { seq: confirmedSeq + 1, since: movedAt };
    return { seq: state.seq, since: now };
  }

  async #tell(address: ShardAddress, cause: string | null, now: number): Promise<void> {
    const { progress, state } = this.#store;
    const waiting = this.#waiting ?? {
      seq: progress.confirmedSeq,
      since: this.#failingSince ?? now,
    };
    this.#told += 1;
    this.#isInTime = false;
    this.#tellAt = now + growingDelayMs(this.#told, bounds);
    // Before it is told: a crash after that would leave a word that nobody takes back.
    if (progress.behindTold?.since !== waiting.since)
      this.#store.keepProgress({ ...progress, behindTold: waiting });
    const ballots = state.seq - progress.confirmedSeq;
    await this.#send(address, { ...address, ballots, since: minuteAfter(waiting.since), cause });
  }

  async #takeBack(address: ShardAddress): Promise<void> {
    await this.#send(address, null);
    this.#store.keepProgress({ ...this.#store.progress, behindTold: null });
    this.#tellAt = null;
    this.#told = 0;
  }
}

/**
 * The end of its minute: no exact time of a vote leaves its shard this way, and nothing is said to
 * wait for longer than it does.
 */
function minuteAfter(at: number): number {
  return Math.ceil(at / 60_000) * 60_000;
}

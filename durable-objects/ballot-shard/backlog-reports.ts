import { reportFailure } from "../../src/platform/report-failure.ts";
import { alarmRetryDelayMs, growingDelayMs } from "../../src/shared/backoff.ts";
import { limits } from "../../src/shared/limits.ts";
import type { ShardAddress } from "../../src/ballot/receipt.ts";
import type { ShardBacklog } from "../../src/vote-log/backlog.ts";
import type { ShardStore } from "./shard-store.ts";

/** The way to the registry: what waits of a shard, or that nothing does any more. */
export type SendBacklog = (address: ShardAddress, backlog: ShardBacklog | null) => Promise<void>;

const bounds = { firstMs: limits.backlogNoticeMs, maxMs: limits.backlogToldMsMax };

/**
 * Tells the registry what the database does not hold of a shard after a while, ever more seldom, and
 * once when it does again. Whether it was told is kept: an instance that begins has to take it back.
 */
export class BacklogReports {
  readonly #store: ShardStore;
  readonly #send: SendBacklog;
  /** When to look next, in ms; null where nothing waited at the last look. */
  #lookAt: number | null = null;
  /** When to try again to take back what was told, in ms. */
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
    if (this.#isWaiting) return (this.#lookAt ??= now + limits.backlogNoticeMs);
    return this.#store.progress.isBehindTold ? (this.#retryAt ?? now) : null;
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
      if (this.#isWaiting) await this.#tell({ decisionId, shard }, cause, now);
      else await this.#takeBack({ decisionId, shard });
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#retryAt = now + alarmRetryDelayMs(this.#failures);
      this.#lookAt = this.#retryAt;
      reportFailure("shard.backlog_not_told", error, { decision: decisionId, shard });
    }
  }

  get #isWaiting(): boolean {
    const { progress, state } = this.#store;
    return progress.confirmedSeq < state.seq || this.#failingSince !== null;
  }

  async #tell(address: ShardAddress, cause: string | null, now: number): Promise<void> {
    const { progress, state } = this.#store;
    const [oldest] = this.#store.readAfter(progress.confirmedSeq, 1);
    const since = oldest?.acceptedAt ?? this.#failingSince ?? now;
    const dueAt = since + limits.backlogNoticeMs;
    if (dueAt > now) {
      this.#lookAt = dueAt;
      return;
    }
    this.#told += 1;
    this.#lookAt = now + growingDelayMs(this.#told, bounds);
    // Before it is told: a crash after that would leave a word that nobody takes back.
    if (!progress.isBehindTold) this.#store.keepProgress({ ...progress, isBehindTold: true });
    const ballots = state.seq - progress.confirmedSeq;
    await this.#send(address, { ...address, ballots, since: minuteOf(since), cause });
  }

  async #takeBack(address: ShardAddress): Promise<void> {
    await this.#send(address, null);
    this.#store.keepProgress({ ...this.#store.progress, isBehindTold: false });
    this.#lookAt = null;
    this.#retryAt = null;
    this.#told = 0;
  }
}

/** The start of its minute: no exact time of a vote leaves its shard this way. */
function minuteOf(at: number): number {
  return at - (at % 60_000);
}

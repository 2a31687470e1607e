import { afterArrival, afterCommit, noArrivals, waitMs } from "./commit-window.ts";

/** How many may wait, and go into one commit. */
interface CommitBounds {
  queueMax: number;
  batchMax: number;
  /** Requests that are enough for a commit, of several calls or of one: nobody waits for more. */
  enough: number;
  enoughOfOneCall: number;
}

/** The platform's clock (ms) and timers. */
export interface CommitTimers {
  now(): number;
  set(run: () => void, afterMs: number): unknown;
  clear(timer: unknown): void;
}

const platformTimers: CommitTimers = {
  now: () => Date.now(),
  set: (run, afterMs) => setTimeout(run, afterMs),
  // Made by `set`.
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/**
 * Gathers calls that arrive together and applies them as one batch, so that one commit serves many
 * callers. How long the first waits for others follows from how they have arrived; when enough
 * wait, it ends with the turn.
 *
 * All callers are in one object, so one may wait for what another's call resolves; in a plain
 * Worker that would hang. The queue is bounded: what does not fit is refused before anything is
 * written.
 */
export class GroupCommit<Request, Outcome> {
  readonly #apply: (requests: readonly Request[]) => Outcome[];
  readonly #bounds: CommitBounds;
  readonly #timers: CommitTimers;
  #calls: Call<Request, Outcome>[] = [];
  #queued = 0;
  #pattern = noArrivals;
  /** Until when the first call waits; null when there is none. */
  #window: { timer: unknown; waitMs: number; isEnding: boolean } | null = null;

  constructor(
    apply: (requests: readonly Request[]) => Outcome[],
    bounds: CommitBounds,
    timers: CommitTimers = platformTimers,
  ) {
    this.#apply = apply;
    this.#bounds = bounds;
    this.#timers = timers;
  }

  /**
   * The outcomes of these requests once their batch is applied, or null when the queue is full.
   * Rejects when the batch fails.
   */
  submit(requests: readonly Request[]): Promise<Outcome[]> | null {
    if (this.#queued + requests.length > this.#bounds.queueMax) return null;
    this.#pattern = afterArrival(this.#pattern, this.#timers.now());
    this.#queued += requests.length;
    const { enough, enoughOfOneCall } = this.#bounds;
    const isEnough = this.#queued >= enough || requests.length >= enoughOfOneCall;
    if (this.#window === null) {
      const ms = isEnough ? 0 : waitMs(this.#pattern);
      this.#window = { timer: this.#flushAfter(ms), waitMs: ms, isEnding: ms === 0 };
    } else if (isEnough && !this.#window.isEnding) {
      this.#timers.clear(this.#window.timer);
      this.#window = { ...this.#window, timer: this.#flushAfter(0), isEnding: true };
    }
    return new Promise((resolve, reject) => this.#calls.push({ requests, resolve, reject }));
  }

  #flushAfter(ms: number): unknown {
    return this.#timers.set(() => this.#flush(), ms);
  }

  #flush(): void {
    const calls = this.#calls;
    const hasWaited = this.#window !== null && this.#window.waitMs > 0;
    this.#calls = [];
    this.#queued = 0;
    this.#window = null;
    this.#pattern = afterCommit(this.#pattern, hasWaited ? calls.length - 1 : null);
    for (const batch of this.#cut(calls)) {
      try {
        const outcomes = this.#apply(batch.flatMap((call) => call.requests));
        let from = 0;
        for (const call of batch) {
          call.resolve(outcomes.slice(from, (from += call.requests.length)));
        }
      } catch (error) {
        for (const call of batch) call.reject(error);
      }
    }
  }

  /** Calls stay whole: a batch passes its bound only when a single call does. */
  #cut(calls: Call<Request, Outcome>[]): Call<Request, Outcome>[][] {
    const batches: Call<Request, Outcome>[][] = [];
    let size = Number.POSITIVE_INFINITY;
    for (const call of calls) {
      const batch = batches.at(-1);
      if (batch === undefined || size + call.requests.length > this.#bounds.batchMax) {
        batches.push([call]);
        size = call.requests.length;
      } else {
        batch.push(call);
        size += call.requests.length;
      }
    }
    return batches;
  }
}

type Call<Request, Outcome> = {
  requests: readonly Request[];
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
};

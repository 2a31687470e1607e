/**
 * Gathers calls that arrive together and applies them as one batch, so that one commit serves many
 * callers.
 *
 * All callers are in one object, so one may wait for what another's call resolves; in a plain
 * Worker that would hang. The queue is bounded: what does not fit is refused before anything is
 * written.
 */
export class GroupCommit<Request, Outcome> {
  readonly #apply: (requests: readonly Request[]) => Outcome[];
  readonly #queueMax: number;
  readonly #batchMax: number;
  #calls: Call<Request, Outcome>[] = [];
  #queued = 0;

  constructor(
    apply: (requests: readonly Request[]) => Outcome[],
    bounds: { queueMax: number; batchMax: number },
  ) {
    this.#apply = apply;
    this.#queueMax = bounds.queueMax;
    this.#batchMax = bounds.batchMax;
  }

  /**
   * The outcomes of these requests once their batch is applied, or null when the queue is full.
   * Rejects when the batch fails.
   */
  submit(requests: readonly Request[]): Promise<Outcome[]> | null {
    if (this.#queued + requests.length > this.#queueMax) return null;
    if (this.#calls.length === 0) setTimeout(() => this.#flush(), 0);
    this.#queued += requests.length;
    return new Promise((resolve, reject) => this.#calls.push({ requests, resolve, reject }));
  }

  #flush(): void {
    const calls = this.#calls;
    this.#calls = [];
    this.#queued = 0;
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
      if (batch === undefined || size + call.requests.length > this.#batchMax) {
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

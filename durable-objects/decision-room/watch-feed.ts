import { limits } from "../../src/shared/limits.ts";
import { diffResults, keepDelta, missedDeltas, type ResultDelta } from "../../src/results/delta.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";
import { deltaMessage, stateMessage, type WatchMessage } from "./watch-message.ts";

/** The version of a watcher that has to be given the state first. */
export const nothingKnown = -1;

/**
 * What watchers are told, by what they know: the state first, then deltas. One that missed some
 * gets those, where they are smaller than the state.
 */
export class WatchFeed {
  #last: ShownResult | null = null;
  #deltas: readonly ResultDelta[] = [];
  #state: WatchMessage | null = null;
  readonly #messages = new WeakMap<ResultDelta, WatchMessage>();

  /** Takes what may be shown from now on. Says whether there is anything new in it. */
  publish(result: ShownResult): boolean {
    const last = this.#last;
    if (last !== null && result.version <= last.version) return false;
    this.#last = result;
    this.#state = null;
    const change = last === null ? null : diffResults(last, result);
    // Where something else is shown from now on, no delta leads there from before.
    this.#deltas = change === null ? [] : keepDelta(this.#deltas, change, result);
    return true;
  }

  /** Where a watcher begins that comes with the version that it knows, or null for none. */
  position(since: number | null): number {
    if (since === null || missedDeltas(this.#deltas, since) === null) return nothingKnown;
    return Math.min(since, this.#last?.version ?? nothingKnown);
  }

  /**
   * What a watcher at this version is to be told next; null where it knows everything. The state is
   * told as `fresh` has it, or as it was told to others shortly before.
   */
  next(version: number, fresh: ShownResult | null = null): WatchMessage | null {
    const last = this.#last;
    if (last === null || version >= last.version) return null;
    const [first] = missedDeltas(this.#deltas, version) ?? [];
    if (first === undefined) return this.#stateOf(fresh?.version === last.version ? fresh : last);
    const message = this.#messages.get(first) ?? deltaMessage(first);
    this.#messages.set(first, message);
    return message;
  }

  #stateOf(result: ShownResult): WatchMessage {
    const known = this.#state;
    if (known !== null && result.asOf - known.asOf < limits.snapshotFreshMs) return known;
    this.#state = stateMessage(result);
    return this.#state;
  }
}

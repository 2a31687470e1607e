import type { ApiResults } from "../contract.ts";
import {
  LiveResults,
  type LiveConnection,
  type LiveListener,
  type LivePorts,
} from "./live-results.ts";
import type { HeldResults } from "./merge-results.ts";
import { localClock, type ServerClock } from "./server-clock.ts";

/** A decision's result as it is followed; of one value until something changes. */
export type LiveState = {
  /** Null until the first reading, and where that failed. */
  results: HeldResults | null;
  clock: ServerClock;
  connection: LiveConnection;
  /** Why there is nothing to show: the first reading failed, the Worker's too. */
  error: Error | null;
};

/**
 * One decision's result for all components that show a part of it: followed while somebody listens,
 * over one stream.
 */
export class LiveStore {
  readonly #portsOf: () => LivePorts;
  readonly #first: LiveState;
  readonly #listeners = new Set<() => void>();
  #state: LiveState;
  #live: LiveResults | null = null;
  #isToldSoon = false;

  constructor(portsOf: () => LivePorts, read: ApiResults | undefined) {
    this.#portsOf = portsOf;
    this.#first = {
      results: read === undefined ? null : ageless(read),
      clock: localClock,
      connection: read?.final === true ? { kind: "final" } : { kind: "connecting" },
      error: null,
    };
    this.#state = this.#first;
  }

  /** What the Worker rendered with. */
  readonly firstState = (): LiveState => this.#first;

  readonly state = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#live === null) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      for (const type of hurryingEvents) removeEventListener(type, this.#hurry);
      this.#live?.stop();
      this.#live = null;
    };
  };

  /** Begins anew after the first reading has failed. */
  readonly retry = (): void => {
    if (this.#state.error === null || this.#listeners.size === 0) return;
    this.#start();
  };

  #start(): void {
    const listener: LiveListener = {
      onConnection: (connection) => this.#change({ connection }),
      onResults: (results, clock) => this.#change({ results, clock }),
    };
    // Another instance of the Worker may share an older reading for a second.
    const live = new LiveResults(this.#portsOf(), listener, this.#state.results);
    this.#live = live;
    this.#change({ error: null });
    for (const type of hurryingEvents) addEventListener(type, this.#hurry);
    live.start().catch((error: unknown) => {
      if (this.#live !== live) return;
      // What the Worker has read stays in sight, and is not called live.
      if (this.#state.results !== null) {
        live.recover();
        return;
      }
      live.stop();
      this.#change({ error: error instanceof Error ? error : new Error(String(error)) });
    });
  }

  readonly #hurry = (): void => {
    if (!document.hidden) this.#live?.hurry();
  };

  /** Several deltas between two frames of the screen are told as one. */
  #change(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#isToldSoon) return;
    this.#isToldSoon = true;
    const tell = (): void => {
      this.#isToldSoon = false;
      for (const listener of this.#listeners) listener();
    };
    if (document.hidden) setTimeout(tell, 0);
    else requestAnimationFrame(tell);
  }
}

/** When a device comes back online, or a page into view. */
const hurryingEvents = ["online", "pageshow", "visibilitychange"] as const;

function ageless({ age_ms: _age, ...state }: ApiResults): HeldResults {
  return state;
}

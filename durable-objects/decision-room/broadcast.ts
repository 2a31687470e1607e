import { limits } from "../../src/shared/limits.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./store.ts";
import type { RoomWatchers } from "./watchers.ts";

/** Tells a room's watchers what has changed: at most four times a second, however many shards report. */
export class RoomBroadcast {
  readonly #store: RoomStore;
  readonly #results: RoomResults;
  readonly #watchers: RoomWatchers;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(store: RoomStore, results: RoomResults, watchers: RoomWatchers) {
    this.#store = store;
    this.#results = results;
    this.#watchers = watchers;
  }

  soon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#broadcast();
    }, limits.broadcastDelayMs);
  }

  async #broadcast(): Promise<void> {
    const { decision } = this.#store;
    if (decision === null) return;
    // Without a watcher nobody waits for fresh figures; what is known is kept for whoever comes back.
    const isWatched = this.#watchers.count > 0;
    const result = isWatched
      ? await this.#results.freshShown()
      : this.#results.shown(decision, Date.now());
    if (result === null) return;
    // An event stream need not wait for the disk as an answer does, and a ballot in this object may still be on its way there.
    if (isWatched) await this.#store.onDisk();
    this.#watchers.broadcast(result);
  }
}

import { limits } from "../../src/shared/limits.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";
import type { RoomWatchers } from "./watchers.ts";

/** Sends watchers what has changed: at most four times a second, however many reports come. */
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

  /** Broadcasts within the delay; calls until then are one broadcast. */
  schedule(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#broadcast();
    }, limits.broadcastDelayMs);
  }

  async #broadcast(): Promise<void> {
    const { decision } = this.#store;
    if (decision === null) return;
    // Without a watcher the shards are not asked; what is known is kept for whoever comes back.
    const isWatched = this.#watchers.count > 0;
    const result = isWatched
      ? await this.#results.freshShown()
      : this.#results.shown(decision, Date.now());
    if (this.#results.isReleaseWaiting) this.schedule();
    if (result === null) return;
    // No output gate holds an event stream back until a ballot in this object is on disk.
    if (isWatched) await this.#store.whenDurable();
    this.#watchers.broadcast(result);
  }
}

import { limits } from "../../src/shared/limits.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";
import type { RoomWatchers } from "./watchers.ts";

/**
 * Sends watchers what has changed, as soon as it is known and then as often as that goes on: at
 * most so often, however many reports come.
 */
export class RoomBroadcast {
  readonly #store: RoomStore;
  readonly #results: RoomResults;
  readonly #watchers: RoomWatchers;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** When the last one began, in ms. */
  #beganAt = 0;

  constructor(store: RoomStore, results: RoomResults, watchers: RoomWatchers) {
    this.#store = store;
    this.#results = results;
    this.#watchers = watchers;
  }

  /** Broadcasts at once, or a while after the one before; calls until then are one broadcast. */
  schedule(): void {
    if (this.#timer !== null) return;
    const delayMs = delayMsFor(this.#watchers.count);
    const waitMs = this.#beganAt + delayMs - Date.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        void this.#broadcast();
      },
      Math.min(Math.max(waitMs, 0), delayMs),
    );
  }

  async #broadcast(): Promise<void> {
    this.#beganAt = Date.now();
    const { decision } = this.#store;
    if (decision === null) return;
    // Without a watcher the shards are not asked; what is known is kept for whoever comes back.
    const isWatched = this.#watchers.count > 0;
    const result = isWatched
      ? await this.#results.shownToWatchers()
      : this.#results.shown(decision, Date.now());
    if (this.#results.isReleaseWaiting) this.schedule();
    if (result === null) return;
    // No output gate holds an event stream back until a ballot in this object is on disk.
    if (isWatched) await this.#store.whenDurable();
    const isNew = this.#watchers.broadcast(result);
    // Where votes come, more of them do: shards are asked again before they say so.
    if (isWatched && isNew) this.schedule();
  }
}

/** The more watch, the more of the object's thread a broadcast takes. */
function delayMsFor(watchers: number): number {
  return Math.max(limits.broadcastDelayMs, watchers * limits.broadcastMsAWatcher);
}

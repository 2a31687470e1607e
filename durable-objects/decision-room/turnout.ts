import type { TurnoutReply } from "../../src/ports/decisions.ts";
import { addTurnoutPoint, turnoutPointOf, turnoutUpTo } from "../../src/results/turnout-series.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";
import type { ShownResultsStore } from "./shown-results-store.ts";

/**
 * How many had voted by when, as far as results showed it then. It is made of what is shown and of
 * nothing else, at the room's alarm and never with a vote.
 */
export class RoomTurnout {
  readonly #store: RoomStore;
  readonly #shownStore: ShownResultsStore;
  readonly #results: RoomResults;

  constructor(store: RoomStore, shownStore: ShownResultsStore, results: RoomResults) {
    this.#store = store;
    this.#shownStore = shownStore;
    this.#results = results;
  }

  /** Notes what is shown at `now` (ms), while the decision goes on. */
  note(now: number): void {
    const { decision, hasEnded } = this.#store;
    if (decision?.manifest === null || decision === null || hasEnded) return;
    const shown = this.#results.shown(decision, now);
    const point = shown === null ? null : turnoutPointOf(shown);
    if (point === null) return;
    const { turnout } = this.#shownStore;
    const points = addTurnoutPoint(turnout, point);
    if (points !== turnout) this.#shownStore.keepTurnout(points);
  }

  /** What is shown now, and the series up to it; null while a shard has never answered. */
  async read(): Promise<TurnoutReply | null> {
    const result = await this.#results.freshShown();
    return result === null
      ? null
      : { version: result.version, result, points: turnoutUpTo(this.#shownStore.turnout, result) };
  }
}

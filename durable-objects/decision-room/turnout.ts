import type { TurnoutReply } from "../../src/ports/decisions.ts";
import {
  addTurnoutPoint,
  turnoutPointOf,
  turnoutUpTo,
  type TurnoutPoint,
} from "../../src/results/turnout-series.ts";
import type { Decision } from "../../src/decision/decision.ts";
import type { RoomResults } from "./results.ts";

/** Where a room keeps how its turnout grew. */
export interface KeptTurnout {
  readonly decision: Decision | null;
  readonly hasEnded: boolean;
  readonly turnout: readonly TurnoutPoint[];
  keepTurnout(points: readonly TurnoutPoint[]): void;
}

/**
 * How many had voted by when, as far as results showed it then. It is made of what is shown and of
 * nothing else, at the room's alarm and never with a vote.
 */
export class RoomTurnout {
  readonly #store: KeptTurnout;
  readonly #results: RoomResults;

  constructor(store: KeptTurnout, results: RoomResults) {
    this.#store = store;
    this.#results = results;
  }

  /** Notes what is shown at `now` (ms), while the decision goes on. */
  note(now: number): void {
    const { decision, hasEnded, turnout } = this.#store;
    if (decision?.manifest === null || decision === null || hasEnded) return;
    const shown = this.#results.shown(decision, now);
    const point = shown === null ? null : turnoutPointOf(shown);
    if (point === null) return;
    const points = addTurnoutPoint(turnout, point);
    if (points !== turnout) this.#store.keepTurnout(points);
  }

  /** What is shown now, and the series up to it; null while a shard has never answered. */
  async read(): Promise<TurnoutReply | null> {
    const result = await this.#results.freshShown();
    return result === null
      ? null
      : { version: result.version, result, points: turnoutUpTo(this.#store.turnout, result) };
  }
}

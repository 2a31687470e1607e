import type { Decision } from "../../src/decision/decision.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import { showingOf } from "../../src/decision/visibility.ts";
import type { OutcomeReply } from "../../src/ports/decisions.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { finalOutcome } from "../../src/results/outcome-answer.ts";
import { publicResult } from "../../src/results/public-result.ts";
import { showResult } from "../../src/results/shown-result.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";

/** The outcome of a room's decision: computed once, from the seals, then always the same. */
export class RoomOutcome {
  readonly #store: RoomStore;
  readonly #results: RoomResults;

  constructor(store: RoomStore, results: RoomResults) {
    this.#store = store;
    this.#results = results;
  }

  /** Computes and keeps the outcome, in one turn with the caller's write of the closed decision. */
  keep(decision: Decision): void {
    if (this.#store.outcomeVersion !== null) return;
    const { manifest, manifestHash } = decision;
    const result = this.#results.known({ ...decision, status: "closed" });
    invariant(manifest !== null && manifestHash !== null, "only what was opened is closed");
    invariant(result !== null && result.isFinal, "an outcome is computed from the seals alone");
    const seals = [...this.#store.seals.values()];
    const isRollCall = decision.draft.disclosure === "roll_call";
    // Which regions are shown is known once the decision is certified.
    const shown = isRollCall ? null : [];
    const outcome = finalOutcome({ manifest, manifestHash, result, seals, shown });
    const { version } = showResult(result, result.asOf);
    this.#store.keepOutcome({ version, text: JSON.stringify(outcome) });
  }

  async read(decision: Decision): Promise<OutcomeReply> {
    const { draft, status, manifestHash } = decision;
    if (isSettled(status)) {
      const { outcome } = this.#store;
      invariant(outcome !== null, "what is kept is there");
      return { kind: "final", ...outcome };
    }
    if (status === "cancelled" || manifestHash === null) return { kind: "none" };
    if (showingOf(draft.visibility, status) !== "counts") return { kind: "sealed" };
    const result = await this.#results.fresh();
    if (result === null) return { kind: "unavailable" };
    const { version } = showResult(result, Date.now());
    return { kind: "live", result: publicResult(result), version, manifestHash };
  }
}

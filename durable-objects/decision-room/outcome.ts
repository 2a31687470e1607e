import type { Decision } from "../../src/decision/decision.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import { showingOf } from "../../src/decision/visibility.ts";
import type { OutcomeReply } from "../../src/ports/decisions.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { finalOutcome } from "../../src/results/outcome-answer.ts";
import { publicResult } from "../../src/results/public-result.ts";
import type { ReceiptKeys } from "../../src/auth/receipt-keys.ts";
import { certifiedOutcome } from "../../src/publication/certified-outcome.ts";
import type { PublicationSummary } from "./publication.ts";
import { showResult } from "../../src/results/shown-result.ts";
import type { RoomResults } from "./results.ts";
import type { FinalOutcomeText, OutcomeStore } from "./outcome-store.ts";
import type { RoomStore } from "./room-store.ts";

/** What an outcome is made from and signed with. */
export interface RoomOutcomeDependencies {
  store: Pick<RoomStore, "seals" | "marks">;
  outcomeStore: OutcomeStore;
  results: RoomResults;
  sign: ReceiptKeys["signOutcome"];
  /** The name of this deployment. */
  issuer: string;
}

/** The outcome of a room's decision: computed once, from the seals, then always the same. */
export class RoomOutcome {
  readonly #store: RoomOutcomeDependencies["store"];
  readonly #outcomeStore: OutcomeStore;
  readonly #results: RoomResults;
  readonly #sign: ReceiptKeys["signOutcome"];
  readonly #issuer: string;

  constructor({ store, outcomeStore, results, sign, issuer }: RoomOutcomeDependencies) {
    this.#store = store;
    this.#outcomeStore = outcomeStore;
    this.#results = results;
    this.#sign = sign;
    this.#issuer = issuer;
  }

  /** Computes and keeps the outcome, in one turn with the caller's write of the closed decision. */
  keep(decision: Decision): void {
    if (this.#outcomeStore.figuresVersion !== null) return;
    const { manifest, manifestHash } = decision;
    const result = this.#results.known({ ...decision, status: "closed" });
    invariant(manifest !== null && manifestHash !== null, "only what was opened is closed");
    invariant(result !== null && result.isFinal, "an outcome is computed from the seals alone");
    const seals = [...this.#store.seals.values()];
    const isRollCall = decision.draft.disclosure === "roll_call";
    // Which regions are shown is known once the decision is certified.
    const shown = isRollCall ? null : [];
    const { lookUps } = this.#store.marks;
    const outcome = finalOutcome({
      manifest,
      manifestHash,
      times: decision,
      result,
      seals,
      shown,
      lookUps,
    });
    const { version } = showResult(result, result.asOf);
    const verdict = outcome.if_closed_now;
    this.#outcomeStore.keep({ version, text: JSON.stringify(outcome), verdict });
  }

  /**
   * The outcome of the certified decision: that of the close with the regions that are shown and
   * what was published, signed. To be kept in one transaction with the decision.
   */
  certify(
    decision: Decision,
    { state, cells, standingWithdrawals }: PublicationSummary,
  ): FinalOutcomeText {
    const { manifest, manifestHash } = decision;
    // Another decision than the one that is kept: it was not certified when this was computed.
    const result = this.#results.known({ ...decision });
    invariant(manifest !== null && manifestHash !== null, "only what was opened is certified");
    invariant(result !== null && result.isFinal, "what is certified is computed from its seals");
    const { disclosure } = manifest;
    const seals = [...this.#store.seals.values()];
    const shown = disclosure === "roll_call" ? null : cells.regions;
    const { lookUps } = this.#store.marks;
    const times = decision;
    const outcome = finalOutcome({ manifest, manifestHash, times, result, seals, shown, lookUps });
    const published = { state, cells, standingWithdrawals };
    const signing = { issuer: this.#issuer, sign: this.#sign };
    const text = certifiedOutcome({ outcome, disclosure, ...published, ...signing });
    const { version } = showResult(result, result.asOf);
    return { version, text, verdict: outcome.if_closed_now };
  }

  async read(decision: Decision): Promise<OutcomeReply> {
    const { draft, status, manifestHash } = decision;
    if (isSettled(status)) {
      const { outcome } = this.#outcomeStore;
      invariant(outcome !== null, "what is kept is there");
      return { kind: "final", ...outcome, isCertified: status === "certified" };
    }
    if (status === "cancelled" || manifestHash === null) return { kind: "none" };
    if (showingOf(draft.visibility, status) !== "counts") return { kind: "sealed" };
    const result = await this.#results.fresh();
    if (result === null) return { kind: "unavailable" };
    const { version } = showResult(result, Date.now());
    return { kind: "live", result: publicResult(result), version, manifestHash };
  }
}

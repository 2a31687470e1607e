import type { ApiDecision, ApiReceipt } from "../contract.ts";
import type { BallotPorts } from "./ballot-ports.ts";
import type { BallotStep } from "./ballot-step.ts";
import type { BallotToken } from "./ballot-token.ts";
import { checkOwnReceipt } from "./check-own-receipt.ts";
import type { KeptBallots } from "./kept-ballots.ts";
import { sendVote, type VoteAnswer, type VoteAttempt } from "./send-vote.ts";
import type { VoteConnection } from "./vote-connection.ts";

/** As much of a decision as the way of a vote depends on. */
export type BallotTerms = Pick<ApiDecision, "id" | "electorate">;

/** Whose token it is: `fingerprint` is what this browser keeps of it. */
export interface TokenHolder extends BallotToken {
  fingerprint: string;
}

/** One press of the button. */
export type WantedVote = Pick<VoteAttempt, "choice" | "statement"> & {
  /** The proof that the voter gave, for where this browser keeps none. */
  givenProof: string | null;
};

export interface VoteDeliveryParts {
  terms: BallotTerms;
  ports: BallotPorts;
  kept: KeptBallots;
  connection: VoteConnection;
  show: (step: BallotStep) => void;
}

/**
 * Brings a vote to the record and its receipt back. It is kept before it is sent, and tabs of one
 * browser send one after the other, so that each vote is one.
 */
export class VoteDelivery {
  readonly #parts: VoteDeliveryParts;
  /** The attempt that has no clear answer yet. */
  #unsettled: VoteAttempt | null = null;
  /** What the last sending without a clear answer came to. */
  #lastAnswer: VoteAnswer["kind"] | null = null;
  #isUnderWay = false;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(parts: VoteDeliveryParts) {
    this.#parts = parts;
  }

  isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Once nothing is under way. */
  async whenIdle(): Promise<void> {
    while (this.#isUnderWay) await this.#ended;
  }

  /** The nonce of the vote that has no clear answer; null without one. */
  unsettledNonce(): string | null {
    return this.#unsettled?.nonce ?? null;
  }

  /** Every sending of it carries one nonce. */
  async cast(holder: TokenHolder, { choice, statement, givenProof }: WantedVote): Promise<void> {
    if (this.#isUnderWay) return;
    const { terms, ports, kept } = this.#parts;
    await this.#exclusively(holder, choice, async () => {
      // Another tab may have left a vote without an answer: that one is settled first.
      const { pending, ballots } = kept.voter(holder.fingerprint);
      if (pending !== null) return this.#goOn(holder);
      const proof = ballots.at(-1)?.receipt.r ?? givenProof;
      const { token } = holder;
      const vote = { decisionId: terms.id, choice, token, proof, statement };
      const attempt = { ...vote, nonce: ports.drawNonce() };
      kept.keepPending(holder.fingerprint, { ...attempt, mayBeRecorded: false });
      await this.#deliver(holder, attempt);
    });
  }

  /** Goes on where this browser left off: a vote without an answer is sent again as it was. */
  async resume(holder: TokenHolder): Promise<void> {
    const { pending } = this.#parts.kept.voter(holder.fingerprint);
    if (pending === null) return this.#goOn(holder);
    await this.#exclusively(holder, pending.choice, () => this.#goOn(holder));
  }

  /**
   * Sends the vote that has no clear answer once more. `isUnseen` where nobody asked for it: once,
   * and the step stays until there is an answer, unless it says that nothing was sent.
   */
  async resend(holder: TokenHolder, { isUnseen = false } = {}): Promise<void> {
    const attempt = this.#unsettled;
    if (attempt === null || this.#isUnderWay) return;
    await this.#exclusively(holder, isUnseen ? null : attempt.choice, async () => {
      const { pending } = this.#parts.kept.voter(holder.fingerprint);
      // Another tab has an answer.
      if (pending?.nonce !== attempt.nonce) return this.#goOn(holder);
      await this.#deliver(holder, attempt, { isUnseen });
    });
  }

  /**
   * Gives up a vote of which surely nothing was recorded, and shows the choice. One that is on its
   * way, from this tab or another, may be recorded: its answer is awaited instead.
   */
  async withdrawUnsent(holder: TokenHolder): Promise<void> {
    const attempt = this.#unsettled;
    if (attempt === null) return;
    const { kept, show } = this.#parts;
    if (this.#isUnderWay) return show({ kind: "sending", choice: attempt.choice, sending: 1 });
    // No other tab sends it while the lock is held.
    await this.#exclusively(holder, null, async () => {
      const { pending } = kept.voter(holder.fingerprint);
      if (pending?.nonce !== attempt.nonce || pending.mayBeRecorded) return this.#goOn(holder);
      kept.dropPending(holder.fingerprint);
      this.#unsettled = null;
      show({ kind: "choice" });
    });
  }

  /** With this voter's lock. `shown` is what is on its way, null where the step stays. */
  async #exclusively(
    { fingerprint }: TokenHolder,
    shown: VoteAttempt["choice"] | null,
    run: () => Promise<void>,
  ): Promise<void> {
    const { ports, show } = this.#parts;
    this.#isUnderWay = true;
    if (shown !== null) show({ kind: "sending", choice: shown, sending: 0 });
    const ending = ports.withLock(`enviro-governance/ballot/${fingerprint}`, run).finally(() => {
      this.#isUnderWay = false;
    });
    this.#ended = ending.catch(() => undefined);
    await ending;
  }

  async #goOn(holder: TokenHolder): Promise<void> {
    const { terms, kept, show } = this.#parts;
    const { pending, ballots } = kept.voter(holder.fingerprint);
    const newest = ballots.at(-1);
    if (pending !== null) {
      return this.#deliver(holder, { decisionId: terms.id, token: holder.token, ...pending });
    }
    const isNew = newest !== undefined && newest.nonce === this.#unsettled?.nonce;
    this.#unsettled = null;
    show(newest === undefined ? { kind: "choice" } : { kind: "recorded", ballot: newest, isNew });
  }

  async #deliver(
    holder: TokenHolder,
    attempt: VoteAttempt,
    { isUnseen = false } = {},
  ): Promise<void> {
    const { ports, kept, connection, show } = this.#parts;
    const { fingerprint } = holder;
    const { choice } = attempt;
    // Another tab may have sent it since this one has.
    const before = kept.voter(fingerprint).pending?.mayBeRecorded ?? true;
    const isShown = !isUnseen || this.#lastAnswer === "unsent";
    this.#unsettled = attempt;
    const answer = await sendVote(attempt, ports, {
      mayBeRecorded: before,
      isOnline: ports.isOnline,
      castBySocket: (sent) => connection.cast(sent),
      ...(isUnseen ? { triesMax: 1 } : {}),
      onSending: (sending) => {
        // A page that ends here leaves a vote that may be recorded.
        kept.keepPending(fingerprint, { ...attempt, mayBeRecorded: true });
        if (isShown) show({ kind: "sending", choice, sending });
      },
    });
    this.#lastAnswer = answer.kind;
    if (answer.kind === "recorded") return this.#record(holder, attempt, answer.receipt);
    if (answer.kind === "refused") return this.#refuse(holder, answer);
    const mayBeRecorded = before || answer.kind === "unknown" || answer.kind === "unreadable";
    kept.keepPending(fingerprint, { ...attempt, mayBeRecorded });
    show({ kind: "unsettled", choice, answer: answer.kind, isUnsent: !mayBeRecorded });
  }

  #refuse(
    { fingerprint }: TokenHolder,
    { problem, isDoubtful }: Extract<VoteAnswer, { kind: "refused" }>,
  ): void {
    this.#unsettled = null;
    if (!isDoubtful) this.#parts.kept.dropPending(fingerprint);
    this.#parts.show({ kind: "refused", problem, isDoubtful });
  }

  /** Says "recorded" only of what was sent. */
  async #record(holder: TokenHolder, attempt: VoteAttempt, receipt: ApiReceipt): Promise<void> {
    const { ports, kept, show } = this.#parts;
    const { choice, nonce, decisionId } = attempt;
    const sent = { decisionId, choice, nonce, ...this.#knownCell(holder) };
    const check = await checkOwnReceipt(receipt, sent, await ports.readSigningKeys());
    if (!check.fits) {
      const ballot = { choice, nonce, receipt, publicKey: null };
      return show({ kind: "mismatch", mismatch: check.mismatch, ballot });
    }
    this.#unsettled = null;
    const ballot = { choice, nonce, receipt, publicKey: check.publicKey };
    kept.keepBallot(holder.fingerprint, ballot);
    show({ kind: "recorded", ballot, isNew: true });
  }

  /** Where there is a roll it says region and weight, and the voter's token does not. */
  #knownCell({ claims }: TokenHolder): { cell?: { region: string; weight: number } } {
    if (this.#parts.terms.electorate !== "open") return {};
    return { cell: { region: claims.region ?? "", weight: claims.weight } };
  }
}

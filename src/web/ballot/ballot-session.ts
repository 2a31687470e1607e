import type { ApiChoice, ApiDecision, ApiReceipt } from "../contract.ts";
import type { BallotPorts } from "./ballot-ports.ts";
import { isUnderWay, type BallotStep } from "./ballot-step.ts";
import { readBallotToken, type BallotToken } from "./ballot-token.ts";
import { checkOwnReceipt } from "./check-own-receipt.ts";
import { KeptBallots, type KeptBallot } from "./kept-ballots.ts";
import { askOwnVote, type OwnVoteAnswer } from "./own-vote.ts";
import { sendVote, type VoteAnswer, type VoteAttempt } from "./send-vote.ts";
import { TabMemory, type BallotDraft } from "./tab-memory.ts";
import { fingerprintOf } from "./token-fingerprint.ts";

/** As much of a decision as the way of a vote depends on. */
export type BallotTerms = Pick<ApiDecision, "id" | "electorate">;

/** A ballot that can be cast. */
export interface FilledBallot {
  choice: ApiChoice;
  statement: string | null;
  /** Of a ballot that was cast elsewhere, null where none was given. */
  proof: string | null;
}

/**
 * The way of one vote: token, choice, review, sending, receipt. What a repeat, a check and a change
 * need is kept by this browser before the vote is sent; the token, by this tab alone.
 */
export class BallotSession {
  readonly #terms: BallotTerms;
  readonly #ports: BallotPorts;
  readonly #kept: KeptBallots;
  readonly #tab: TabMemory;
  readonly #watchers = new Set<() => void>();
  #step: BallotStep = { kind: "starting" };
  #token: BallotToken | null = null;
  /** Of that token. */
  #fingerprint = "";
  /** The r of a ballot that was cast elsewhere, as the voter gave it. */
  #givenProof: string | null = null;
  /** The attempt that has no clear answer yet. */
  #unsettled: VoteAttempt | null = null;
  #mayBeRecorded = false;
  #isDelivering = false;
  #isStored: boolean;

  constructor(terms: BallotTerms, ports: BallotPorts) {
    const texts = ports.browserTexts();
    this.#terms = terms;
    this.#ports = ports;
    this.#isStored = texts !== null;
    this.#kept = new KeptBallots(texts, terms.id);
    this.#tab = new TabMemory(ports.tabTexts(), terms.id);
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly step = (): BallotStep => this.#step;

  /** What the token says; null without one. */
  claims(): BallotToken["claims"] | null {
    return this.#token?.claims ?? null;
  }

  draft(): BallotDraft {
    return this.#tab.draft();
  }

  /** Whether this browser keeps what a repeat and a change need. */
  isStored(): boolean {
    return this.#isStored;
  }

  /** Ballots of this decision that were recorded from this browser: a list for each voter. */
  keptBallots(): KeptBallot[][] {
    const lists = this.#kept.voters().map(({ ballots }) => ballots);
    return lists.filter(({ length }) => length > 0);
  }

  /** Whether leaving the page now would lose what nobody else has. */
  wouldLose(): boolean {
    const { kind } = this.#step;
    return !this.#isStored && (this.#unsettled !== null || kind === "recorded");
  }

  /** Whether the ballot that is filled in now would be the first that this browser knows of. */
  isFirst(): boolean {
    return this.#newest() === undefined;
  }

  /**
   * Begins with the token of a link, or with the one that this tab has had before. `linked` is what
   * stood in the address after `#token=`, null where nothing did.
   */
  async start(linked: string | null): Promise<void> {
    if (!this.#ports.isSecure()) return this.#askToken("insecure");
    if (this.#unsettled !== null && this.#step.kind !== "starting") return;
    const token = linked === null ? this.#tab.token() : readBallotToken(linked);
    if (token !== null) return this.takeToken(token);
    if (linked !== null) return this.#askToken("cut");
    const isWaiting = this.#kept.voters().some(({ pending }) => pending !== null);
    this.#askToken(isWaiting ? "unfinished" : null);
  }

  async takeToken(token: BallotToken): Promise<void> {
    if (token.claims.decisionId !== this.#terms.id) {
      return this.#show({ kind: "other decision", token });
    }
    if (await this.#isExpired(token)) return this.#askToken("expired");
    this.#token = token;
    this.#tab.keepToken(token);
    this.#fingerprint = await fingerprintOf(token.token);
    return this.#resume();
  }

  /** Asks for a token again, and keeps none. */
  readonly askToken = (): void => {
    this.#tab.forget();
    this.#askToken(null);
  };

  readonly askChoice = (): void => {
    if (this.#token === null) return this.#askToken(null);
    this.#show({ kind: "choice" });
  };

  keepDraft(draft: BallotDraft): void {
    this.#tab.keepDraft(draft);
  }

  review({ choice, statement, proof }: FilledBallot): void {
    this.#givenProof = proof;
    this.#show({ kind: "review", choice, statement });
  }

  reviewWithdrawal(proof: string | null): void {
    this.#givenProof = proof;
    this.#show({ kind: "withdrawal" });
  }

  /** From a review to what was before it. */
  readonly goBack = (): void => {
    const newest = this.#newest();
    const isOfReceipt = this.#step.kind === "withdrawal" && newest !== undefined;
    if (isOfReceipt) this.#show({ kind: "recorded", ballot: newest, isNew: false });
    else if (this.#step.kind === "review" || this.#step.kind === "withdrawal") this.askChoice();
  };

  /** One press of the button is one attempt: every sending of it carries one nonce. */
  async cast(choice: VoteAttempt["choice"], statement: string | null): Promise<void> {
    if (this.#token === null) return this.#askToken(null);
    if (this.#isDelivering) return;
    const { token } = this.#token;
    await this.#exclusively(async () => {
      // Another tab may have left a vote without an answer: that one is settled first.
      if (this.#kept.voter(this.#fingerprint).pending !== null) return this.#resumeLocked();
      const proof = this.#newest()?.receipt.r ?? this.#givenProof;
      const vote = { decisionId: this.#terms.id, choice, token, proof, statement };
      const attempt = { ...vote, nonce: this.#ports.drawNonce() };
      this.#isStored = this.#kept.keepPending(this.#fingerprint, attempt);
      this.#mayBeRecorded = false;
      await this.#deliver(attempt);
    }, choice);
  }

  /**
   * Sends the vote that has no clear answer once more. `isUnseen` where nobody asked for it: once,
   * and the step stays until there is an answer.
   */
  async resend({ isUnseen = false } = {}): Promise<void> {
    const attempt = this.#unsettled;
    if (attempt === null || this.#isDelivering) return;
    const run = async (): Promise<void> => {
      const { pending, ballots } = this.#kept.voter(this.#fingerprint);
      const settled = ballots.find(({ nonce }) => nonce === attempt.nonce);
      if (settled !== undefined) return this.#showRecorded(settled, true);
      // Another tab was told no.
      if (pending?.nonce !== attempt.nonce) return this.#resumeLocked();
      await this.#deliver(attempt, { isUnseen });
    };
    await this.#exclusively(run, isUnseen ? null : attempt.choice);
  }

  /** Takes a vote that has surely not left this browser back into the ballot. */
  readonly reconsider = (): void => {
    if (this.#step.kind !== "unsettled" || !this.#step.isUnsent) return;
    this.#unsettled = null;
    this.#kept.dropPending(this.#fingerprint);
    this.askChoice();
  };

  /** Another tab of this browser has kept something. */
  async followOtherTab(): Promise<void> {
    if (this.#isDelivering || this.#token === null) return;
    const { pending, ballots } = this.#kept.voter(this.#fingerprint);
    const newest = ballots.at(-1);
    const isAhead = this.#step.kind === "recorded" && this.#step.ballot.nonce === newest?.nonce;
    const isSame = pending?.nonce === this.#unsettled?.nonce && (newest === undefined || isAhead);
    if (!isSame) await this.#resume();
  }

  /** Asks the record whether the newest ballot is counted. */
  async askCounted(ballot: KeptBallot): Promise<OwnVoteAnswer> {
    if (this.#token === null) return "unknown";
    const own = { token: this.#token.token, receipt: ballot.receipt };
    return askOwnVote(own, this.#ports.fetch);
  }

  /** Removes the vote, its receipt and the token from this browser. */
  readonly forget = (): void => {
    this.#kept.forget(this.#fingerprint);
    this.askToken();
  };

  #askToken(problem: Extract<BallotStep, { kind: "token" }>["problem"]): void {
    this.#token = null;
    this.#givenProof = null;
    this.#show({ kind: "token", problem });
  }

  /** By the server's clock where this one says so: a wrong clock refuses nobody. */
  async #isExpired({ claims: { expiresAt } }: BallotToken): Promise<boolean> {
    if (expiresAt > this.#ports.now()) return false;
    const now = await this.#ports.readServerTime();
    return now !== null && expiresAt <= now;
  }

  /** Goes on where the same token left off: a vote without an answer is sent again as it was. */
  async #resume(): Promise<void> {
    const { pending } = this.#kept.voter(this.#fingerprint);
    if (pending === null) return this.#resumeLocked();
    await this.#exclusively(() => this.#resumeLocked(), pending.choice);
  }

  async #resumeLocked(): Promise<void> {
    const { pending, ballots } = this.#kept.voter(this.#fingerprint);
    const newest = ballots.at(-1);
    if (pending !== null && this.#token !== null) {
      const { token } = this.#token;
      this.#mayBeRecorded = true;
      return this.#deliver({ decisionId: this.#terms.id, token, ...pending });
    }
    this.#unsettled = null;
    if (newest === undefined) return this.askChoice();
    this.#showRecorded(newest, false);
  }

  /**
   * With this voter's lock: tabs of one browser send one after the other. `shown` is what is on its
   * way, null where the step stays as it is.
   */
  async #exclusively(run: () => Promise<void>, shown: VoteAttempt["choice"] | null): Promise<void> {
    this.#isDelivering = true;
    if (shown !== null) this.#show({ kind: "sending", choice: shown, sending: 0 });
    try {
      await this.#ports.withLock(`enviro-governance/ballot/${this.#fingerprint}`, run);
    } finally {
      this.#isDelivering = false;
    }
  }

  async #deliver(attempt: VoteAttempt, { isUnseen = false } = {}): Promise<void> {
    const { choice } = attempt;
    this.#unsettled = attempt;
    const answer = await sendVote(attempt, this.#ports, {
      mayBeRecorded: this.#mayBeRecorded,
      isOnline: this.#ports.isOnline,
      ...(isUnseen
        ? { triesMax: 1 }
        : { onSending: (sending) => this.#show({ kind: "sending", choice, sending }) }),
    });
    if (answer.kind === "recorded") return this.#record(answer.receipt, attempt);
    if (answer.kind === "refused") return this.#refuse(answer);
    this.#mayBeRecorded ||= answer.kind === "unknown" || answer.kind === "unreadable";
    const isUnsent = !this.#mayBeRecorded;
    this.#show({ kind: "unsettled", choice, answer: answer.kind, isUnsent });
  }

  #refuse({ problem, isDoubtful }: Extract<VoteAnswer, { kind: "refused" }>): void {
    this.#unsettled = null;
    if (!isDoubtful) this.#kept.dropPending(this.#fingerprint);
    this.#show({ kind: "refused", problem, isDoubtful });
  }

  /** Says "recorded" only of what was sent. */
  async #record(receipt: ApiReceipt, attempt: VoteAttempt): Promise<void> {
    const { choice, nonce, decisionId } = attempt;
    const sent = { decisionId, choice, nonce, ...this.#knownCell() };
    const check = await checkOwnReceipt(receipt, sent, await this.#ports.readSigningKeys());
    if (!check.fits) {
      const ballot = { choice, nonce, receipt, publicKey: null };
      this.#mayBeRecorded = true;
      return this.#show({ kind: "mismatch", mismatch: check.mismatch, ballot });
    }
    const ballot = { choice, nonce, receipt, publicKey: check.publicKey };
    this.#isStored = this.#kept.keepBallot(this.#fingerprint, ballot);
    this.#showRecorded(ballot, true);
  }

  #showRecorded(ballot: KeptBallot, isNew: boolean): void {
    this.#unsettled = null;
    this.#tab.dropDraft();
    this.#show({ kind: "recorded", ballot, isNew });
  }

  /** Where there is a roll it says region and weight, and the voter's token does not. */
  #knownCell(): { cell?: { region: string; weight: number } } {
    if (this.#token === null || this.#terms.electorate !== "open") return {};
    const { region, weight } = this.#token.claims;
    return { cell: { region: region ?? "", weight } };
  }

  #newest(): KeptBallot | undefined {
    return this.#kept.voter(this.#fingerprint).ballots.at(-1);
  }

  #show(step: BallotStep): void {
    this.#step = step;
    for (const watcher of this.#watchers) watcher();
  }
}

/** Whether a voter needs this step also once voting is over. */
export function outlivesVoting(step: BallotStep): boolean {
  return isUnderWay(step) || (step.kind === "recorded" && step.isNew);
}

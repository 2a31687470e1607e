import type { ApiChoice } from "../contract.ts";
import type { BallotPorts } from "./ballot-ports.ts";
import { isUnderWay, type BallotStep, type TokenProblem } from "./ballot-step.ts";
import { readBallotToken, type BallotToken, type TokenClaims } from "./ballot-token.ts";
import { KeptBallots, usableTexts, type KeptBallot } from "./kept-ballots.ts";
import { askOwnVote, type OwnVoteAnswer } from "./own-vote.ts";
import type { VoteAttempt } from "./send-vote.ts";
import { TabMemory, type BallotDraft } from "./tab-memory.ts";
import { fingerprintOf } from "./token-fingerprint.ts";
import { VoteConnection } from "./vote-connection.ts";
import { VoteDelivery, type BallotTerms, type TokenHolder } from "./vote-delivery.ts";

/** Steps that leave a socket as it is. */
const keepsSocket = new Set<BallotStep["kind"]>(["choice", "sending", "unsettled"]);

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
  readonly #connection: VoteConnection;
  readonly #delivery: VoteDelivery;
  readonly #watchers = new Set<() => void>();
  #step: BallotStep = { kind: "starting" };
  #holder: TokenHolder | null = null;
  #givenProof: string | null = null;

  constructor(terms: BallotTerms, ports: BallotPorts) {
    this.#terms = terms;
    this.#ports = ports;
    this.#kept = new KeptBallots(usableTexts(ports.browserTexts()), terms.id);
    this.#tab = new TabMemory(ports.tabTexts(), terms.id);
    const show = (step: BallotStep): void => this.#show(step);
    const [kept, connection] = [this.#kept, new VoteConnection(ports.openSocket)];
    this.#connection = connection;
    this.#delivery = new VoteDelivery({ terms, ports, kept, connection, show });
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly step = (): BallotStep => this.#step;

  /** What the token says; null without one. */
  claims(): TokenClaims | null {
    return this.#holder?.claims ?? null;
  }

  /** The ballot as it was filled in last: before a change, with the vote that is recorded. */
  draft(): BallotDraft {
    const draft = this.#tab.draft();
    const recorded = this.#newest()?.choice ?? "withdrawn";
    return { ...draft, choice: draft.choice ?? (recorded === "withdrawn" ? null : recorded) };
  }

  keepDraft(draft: BallotDraft): void {
    this.#tab.keepDraft(draft);
  }

  /** Whether this browser keeps what a repeat and a change need. */
  isStored(): boolean {
    return this.#kept.isStored();
  }

  /** Ballots of this decision that were recorded from this browser: a list for each voter. */
  keptBallots(): KeptBallot[][] {
    const lists = this.#kept.voters().map(({ ballots }) => ballots);
    return lists.filter(({ length }) => length > 0);
  }

  /** Whether a vote from this browser, of any voter, has no clear answer. */
  isUnfinished(): boolean {
    return this.#kept.voters().some(({ pending }) => pending !== null);
  }

  /** Whether leaving the page now would lose what nobody else has. */
  wouldLose(): boolean {
    const isHere = isUnderWay(this.#step) || this.#step.kind === "recorded";
    return isHere && !this.#kept.isStored();
  }

  /** Whether this browser knows of no earlier ballot of this voter. */
  isFirst(): boolean {
    return this.#newest() === undefined;
  }

  /**
   * Begins with the token of a link, or with the one that this tab has had before. `linked` is what
   * stood in the address after `#token=`, null where nothing did.
   */
  async start(linked: string | null): Promise<void> {
    await this.#delivery.whenIdle();
    if (!this.#ports.isSecure()) return this.#showToken("insecure");
    const token = linked === null ? this.#tab.token() : readBallotToken(linked);
    if (token !== null) return this.takeToken(token);
    if (linked !== null) return this.#showToken("cut");
    this.#showToken(this.isUnfinished() ? "unfinished" : null);
  }

  async takeToken(token: BallotToken): Promise<void> {
    if (token.claims.decisionId !== this.#terms.id) {
      return this.#show({ kind: "other_decision", token });
    }
    if (await this.#isExpired(token.claims)) return this.#showToken("expired");
    this.#holder = { ...token, fingerprint: await fingerprintOf(token.token) };
    this.#connection.close();
    this.#tab.keepToken(token);
    await this.#delivery.resume(this.#holder);
  }

  /** Asks for a token again, and keeps none. */
  readonly askToken = (): void => {
    this.#tab.forget();
    this.#showToken(null);
  };

  readonly askChoice = (): void => {
    if (this.#holder === null) return this.#showToken(null);
    this.#show({ kind: "choice" });
  };

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
    if (this.#step.kind === "withdrawal" && newest !== undefined) {
      this.#show({ kind: "recorded", ballot: newest, isNew: false });
    } else if (this.#step.kind === "review" || this.#step.kind === "withdrawal") this.askChoice();
  };

  /** One press of the button. */
  async cast(choice: VoteAttempt["choice"], statement: string | null): Promise<void> {
    if (this.#holder === null) return this.#showToken(null);
    await this.#delivery.cast(this.#holder, { choice, statement, givenProof: this.#givenProof });
  }

  /** Sends the vote that has no clear answer once more; `isUnseen` where nobody asked for it. */
  async resend(options: { isUnseen?: boolean } = {}): Promise<void> {
    if (this.#holder !== null) await this.#delivery.resend(this.#holder, options);
  }

  /** Takes a vote of which surely nothing was recorded back into the ballot. */
  readonly reconsider = async (): Promise<void> => {
    if (this.#step.kind !== "unsettled" || !this.#step.isUnsent || this.#holder === null) return;
    await this.#delivery.withdrawUnsent(this.#holder);
  };

  /** Another tab of this browser has kept something. */
  async followOtherTab(): Promise<void> {
    if (this.#holder === null || this.#delivery.isUnderWay()) return;
    const { pending, ballots } = this.#kept.voter(this.#holder.fingerprint);
    const shown = this.#step.kind === "recorded" ? this.#step.ballot.nonce : null;
    const isNews = ballots.length > 0 && ballots.at(-1)?.nonce !== shown;
    const isElsewhere = (pending?.nonce ?? null) !== this.#delivery.unsettledNonce();
    if (isNews || isElsewhere) await this.#delivery.resume(this.#holder);
  }

  /**
   * Has a socket open from a vote's review until it is answered. Whoever only reads opens none, and
   * whoever goes back and forth opens one: each counts against the voter's rate.
   */
  readonly connect = (): void => {
    if (this.#step.kind === "review" && this.#holder !== null) {
      if (this.#ports.isOnline()) void this.#connection.open(this.#holder.token);
    } else if (!keepsSocket.has(this.#step.kind)) this.#connection.close();
  };

  /** Ends the socket: the page is left, or nobody has looked at it for long. */
  readonly disconnect = (): void => this.#connection.close();

  /** Asks the record whether this ballot is counted. */
  async askCounted({ receipt }: KeptBallot): Promise<OwnVoteAnswer> {
    if (this.#holder === null) return "unknown";
    return askOwnVote({ token: this.#holder.token, receipt }, this.#ports.fetch);
  }

  /** Removes the vote, its receipt and the token; of every voter where none has given a token. */
  readonly forget = (): void => {
    if (this.#holder === null) this.#kept.forgetAll();
    else this.#kept.forget(this.#holder.fingerprint);
    this.askToken();
  };

  #showToken(problem: TokenProblem | null): void {
    this.#holder = null;
    this.#givenProof = null;
    this.#show({ kind: "token", problem });
  }

  /** By the server's clock where this one says so: a wrong clock refuses nobody. */
  async #isExpired({ expiresAt }: TokenClaims): Promise<boolean> {
    if (expiresAt > this.#ports.now()) return false;
    const now = await this.#ports.readServerTime();
    return now !== null && expiresAt <= now;
  }

  #newest(): KeptBallot | undefined {
    if (this.#holder === null) return undefined;
    return this.#kept.voter(this.#holder.fingerprint).ballots.at(-1);
  }

  #show(step: BallotStep): void {
    // The reasons outlive a change of the vote.
    if (step.kind === "recorded") this.#tab.keepDraft({ ...this.#tab.draft(), choice: null });
    this.#step = step;
    this.connect();
    for (const watcher of this.#watchers) watcher();
  }
}

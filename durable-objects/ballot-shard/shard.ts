import type { Ballot, HashedBallot } from "../../src/ballot/ballot.ts";
import { decodeRequests, encodeOutcomes } from "../../src/ballot/cast-code.ts";
import { castMany, type CastOutcome } from "../../src/ballot/cast-many.ts";
import { isOwnVoteCounted, type OwnVoteQuestion } from "../../src/ballot/own-vote.ts";
import { ballotOpener, type BallotOpener } from "../../src/ballot/opening.ts";
import { shuffleVoters } from "../../src/ballot/shuffle-voters.ts";
import type { CastRequest, VoteRefusal } from "../../src/ballot/voter.ts";
import type { ShardAddress } from "../../src/ballot/receipt.ts";
import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import type { RollEntry, ShardRoll } from "../../src/decision/roll.ts";
import type { RollImport } from "../../src/ports/rolls.ts";
import type { LoginUse, LoginUseReply } from "../../src/ports/logins.ts";
import type { MovedTokens, TokenMove } from "../../src/ports/tokens.ts";
import { currentSpan } from "../../src/telemetry/traces/trace-scope.ts";
import { areTokensOver } from "../../src/decision/token-lifetime.ts";
import type { CountedVoters } from "../../src/results/shown-cells.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import type { TallyReport } from "../../src/results/tally-report.ts";
import type { EndedWindow, ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import type { ShardRecordState } from "../../src/ports/record-check.ts";
import type { Confirmation, OutboxReport } from "../../src/vote-log/outbox.ts";
import { GroupCommit } from "./group-commit.ts";
import type { ShardMeasures } from "./shard-measures.ts";
import type { ShardOutbox } from "./outbox.ts";
import type { RoomReports } from "./room-reports.ts";
import type { ShardLogins } from "./shard-logins.ts";
import type { ShardPublication } from "./shard-publication.ts";
import type { ShardRolls } from "./shard-rolls.ts";
import type { ShardStore } from "./shard-store.ts";
import type { ShardTokens } from "./shard-tokens.ts";

/**
 * What a shard consists of: its SQLite, its part of the roll, and the way of its ballots to the
 * vote log.
 */
export interface ShardDependencies {
  store: ShardStore;
  rolls: ShardRolls;
  tokens: ShardTokens;
  logins: ShardLogins;
  outbox: ShardOutbox;
  reports: Pick<RoomReports, "since">;
  measures: ShardMeasures;
  /** Is told once no ballot is accepted any more. */
  onSeal?: () => void;
  /** Is told when the window ends from now on (ms), each time that this is later. */
  onExtend?: (closesAt: number) => void;
  /** Other bounds than those of every deployment: a test comes to small ones sooner. */
  bounds?: CastBounds;
}

/** How many ballots a voter may cast, wait for a commit, and go into one. */
export interface CastBounds {
  readonly ballotsAVoterMax: number;
  readonly shardQueueBallotsMax: number;
  readonly commitBallotsMax: number;
}

/**
 * One slice of a decision's ballots: the record. Everything else can be rebuilt from the shards. It
 * lives in an object of its own or in that of its room, and is called the same way in both.
 */
export class Shard {
  readonly #store: ShardStore;
  readonly #rolls: ShardRolls;
  readonly #tokens: ShardTokens;
  readonly #logins: ShardLogins;
  readonly #outbox: ShardOutbox;
  readonly #reports: Pick<RoomReports, "since">;
  readonly #measures: ShardMeasures;
  readonly #commits: GroupCommit<CastRequest, CastOutcome>;
  readonly #bounds: CastBounds;
  readonly #onSeal: () => void;
  readonly #onExtend: (closesAt: number) => void;
  #opener: BallotOpener | null = null;
  #published: ShardPublication | null = null;

  constructor({
    store,
    rolls,
    tokens,
    logins,
    outbox,
    reports,
    measures,
    onSeal = () => {},
    onExtend = () => {},
    bounds = limits,
  }: ShardDependencies) {
    this.#store = store;
    this.#rolls = rolls;
    this.#tokens = tokens;
    this.#logins = logins;
    this.#outbox = outbox;
    this.#reports = reports;
    this.#measures = measures;
    this.#bounds = bounds;
    this.#onSeal = onSeal;
    this.#onExtend = onExtend;
    this.#commits = new GroupCommit((requests) => this.#apply(requests), {
      queueMax: bounds.shardQueueBallotsMax,
      batchMax: bounds.commitBallotsMax,
      enough: limits.commitBallotsEnough,
      enoughOfOneCall: limits.commitCallBallotsEnough,
    });
  }

  /**
   * Takes the terms by which this shard decides on votes; once it has some, others change nothing.
   */
  open(terms: VotingTerms): ShardSnapshot {
    if (this.#store.terms === null) {
      this.#rolls.freeze(terms.roll);
      this.#store.keepTerms(terms);
    }
    return this.snapshot();
  }

  /**
   * Stops taking votes at the end of the window, which came at `closesAt` (ms) by this shard's own
   * clock, until it is extended or sealed: so what is counted now is all that came in time. Null
   * where that end has not come, or is no longer the window's.
   */
  async pause(closesAt: number): Promise<EndedWindow | null> {
    const early = closesAt - Date.now();
    if (early > 0 && early <= limits.clockSkewMsMax) {
      await new Promise((resolve) => setTimeout(resolve, early));
    }
    const { terms, sealedAt, pausedAt } = this.#store;
    const now = Date.now();
    if (terms?.closesAt !== closesAt || now < closesAt || sealedAt !== null) return null;
    if (pausedAt === null) this.#store.keepPause(now);
    const snapshot = this.snapshot();
    return { ...snapshot, lastMinutes: this.#store.lastMinutes ?? snapshot.tally };
  }

  /**
   * Takes a later end of the window, as often as it moves: votes go on, if they had stopped. In
   * between they were refused plainly, and there is no seal before the room asks for one.
   */
  extend(closesAt: number): ShardSnapshot {
    const { terms, sealedAt } = this.#store;
    const isLonger = terms !== null && terms.closesAt !== null && closesAt > terms.closesAt;
    if (isLonger && sealedAt === null) {
      this.#store.keepLongerTerms({ ...terms, closesAt, lastMinutesAt: null });
      this.#onExtend(closesAt);
    }
    return this.snapshot();
  }

  /**
   * Loads rows of an import; see `ShardRolls.load`. Once the decision is opened its roll stays as
   * it is.
   */
  loadRoll(...load: Parameters<ShardRolls["load"]>): ReturnType<ShardRolls["load"]> {
    return this.#store.terms === null ? this.#rolls.load(...load) : "superseded";
  }

  sealRoll(roll: RollImport, { decisionId, shard }: ShardAddress): ShardRoll | "superseded" {
    return this.#store.terms === null ? this.#rolls.seal(roll, decisionId, shard) : "superseded";
  }

  /**
   * The decision has opened without this shard, or was cancelled as a draft: no roll is needed
   * here, nor what is known of tokens.
   */
  dropRolls(): void {
    invariant(this.#store.terms === null, "a shard that takes votes keeps its roll");
    this.#tokens.drop();
    this.#rolls.end();
  }

  /** Issues tokens to voters or revokes theirs; see `ShardTokens.move`. */
  moveTokens(move: TokenMove): MovedTokens {
    invariant(!this.#store.isForgotten, "no token is issued for what is forgotten");
    return this.#tokens.move(move);
  }

  /** Keeps a login that is being exchanged; see `ShardLogins.use`. */
  useLogin(login: LoginUse): LoginUseReply {
    invariant(!this.#store.isForgotten, "nobody logs in for what is forgotten");
    return this.#logins.use(login, Date.now());
  }

  /**
   * The decision's time to be kept is over: forgets a portion of ballots and roll, and says whether
   * there is more. What it has counted stays, in its state and in the room's seal of it.
   */
  forget(): "more" | "done" {
    invariant(this.#store.sealedAt !== null, "what still takes votes is not forgotten");
    if (this.#store.forget(limits.forgetShardRows) === "more") return "more";
    if (this.#tokens.forget(limits.forgetRollRows) === "more") return "more";
    if (this.#logins.forget(limits.forgetRollRows) === "more") return "more";
    return this.#rolls.forget(limits.forgetRollRows);
  }

  readRoll(number: number, afterPid: string, max: number): ({ pid: string } & RollEntry)[] {
    return this.#rolls.readAfter(number, afterPid, max);
  }

  /** The entries of voters in an import of the roll, in their order; null of whoever is not on it. */
  findOnRoll(roll: number, pids: readonly string[]): (RollEntry | null)[] {
    const entries = this.#rolls.find(roll, pids);
    return pids.map((pid) => entries.get(pid) ?? null);
  }

  /** At most `max` pids of an import after this one: an entry may be fifty times as long. */
  readRollPids(number: number, afterPid: string, max: number): string[] {
    return this.#rolls.readPidsAfter(number, afterPid, max);
  }

  /** Those of these pids who are on an import of the roll. */
  findPidsOnRoll(number: number, pids: readonly string[]): string[] {
    return this.#rolls.findPids(number, pids);
  }

  /**
   * Whether each of these voters has voted, also where the vote was taken back since: who has done
   * that is nobody's to know.
   */
  haveVoted(pids: readonly string[]): boolean[] {
    const { records } = this.#store.readVoters(pids);
    return pids.map((pid) => records.has(pid));
  }

  /** Whether the ballot that the question proves is counted; see `isOwnVoteCounted`. */
  isOwnVoteCounted(question: OwnVoteQuestion): boolean {
    const { terms } = this.#store;
    if (terms === null) return false;
    const { records } = this.#store.readVoters([question.pid]);
    return isOwnVoteCounted(records.get(question.pid), question, this.#openerOf(terms));
  }

  /**
   * The one path of a vote, as text in and out: see `cast-code.ts`. It answers with an outcome a
   * request, or that it has no room for the batch now (nothing was written). What it accepted is
   * durable when it answers: the output gate holds the answer until the commit is on disk.
   * @throws {UnknownVersion} for requests of a newer release; nothing was written.
   */
  castText(requests: string): Promise<string> | "overloaded" {
    const outcomes = this.cast(decodeRequests(requests));
    return outcomes === "overloaded" ? outcomes : outcomes.then(encodeOutcomes);
  }

  /** The same within the object, for those who vote over a socket of it. */
  cast(requests: readonly CastRequest[]): Promise<CastOutcome[]> | "overloaded" {
    const span = currentSpan();
    if (span !== null && this.isRehearsal) this.#outbox.rehearsed.expect(requests, span.context);
    return this.#commits.submit(requests) ?? "overloaded";
  }

  /** Whether its results never count, so that its votes may be followed. */
  get isRehearsal(): boolean {
    return this.#store.terms?.rehearsal === true;
  }

  /** Whether no ballot is accepted here any more. */
  get isSealed(): boolean {
    return this.#store.sealedAt !== null;
  }

  /**
   * Ends the voting here: no ballot is accepted after it. The same seal is given to whoever asks
   * again.
   */
  seal(): ShardSnapshot {
    if (this.#store.sealedAt === null) {
      this.#store.keepSeal(Date.now());
      this.#onSeal();
    }
    return this.snapshot();
  }

  /** Everything that this shard has accepted so far, as one consistent picture. */
  snapshot(): ShardSnapshot {
    return this.#store.snapshot(Date.now());
  }

  /** What has changed since the room's last word of this shard; see `RoomReports.since`. */
  reportSince(seq: number | null): TallyReport {
    return this.#reports.since(seq);
  }

  outboxProgress(): OutboxReport {
    return this.#outbox.progress();
  }

  /**
   * The record as it is in one moment: its tally, what has changed in it since the room knew `seq`
   * ballots, and how far it was sent.
   */
  recordState(seq: number | null): ShardRecordState {
    const report = this.reportSince(seq);
    return { snapshot: this.snapshot(), report, progress: this.outboxProgress() };
  }

  /** Ballots of the record after `seq`, in order, at most `max`. */
  readBallots(seq: number, max: number): Ballot[] {
    return this.#store.readAfter(seq, max);
  }

  /** The same with their hashes. */
  readHashed(seq: number, max: number): HashedBallot[] {
    const { terms } = this.#store;
    if (terms === null) return [];
    const opener = this.#openerOf(terms);
    return this.#store
      .readKeyed(seq, max)
      .map(({ nonce, ...ballot }) => ({ ...ballot, hash: opener.open({ ...ballot, nonce }).hash }));
  }

  /** The database holds every ballot up to `appliedSeq`; see `ShardOutbox.confirm`. */
  confirm(confirmation: Confirmation): Promise<void> {
    return this.#outbox.confirm(confirmation);
  }

  /** Sends every ballot to the vote log again: the database is being rebuilt. */
  republishAll(): Promise<void> {
    return this.#store.isForgotten ? Promise.resolve() : this.#outbox.republishAll();
  }

  /** Of the sealed ballots, how many counted ones have each region and weight. */
  countVoters(): CountedVoters {
    return this.#publication().countVoters();
  }

  /** Cuts the next portion of the sealed ballots; see `ShardPublication.cut`. */
  cutBallots(buckets: number): boolean {
    return this.#publication().cut(buckets);
  }

  readCut(bucket: number): string {
    return this.#publication().readBucket(bucket);
  }

  dropCut(): void {
    this.#publication().drop();
  }

  #publication(): ShardPublication {
    const { terms } = this.#store;
    invariant(terms !== null, "only what was opened is published");
    this.#published ??= this.#store.publication(this.#openerOf(terms));
    return this.#published;
  }

  #apply(requests: readonly CastRequest[]): CastOutcome[] {
    const { terms } = this.#store;
    if (terms === null) return requests.map(() => refusedBeforeOpening);
    if (terms.disclosure === "roll_call") return this.#cast(terms, requests);
    const random = crypto.getRandomValues(new Uint32Array(requests.length));
    const order = shuffleVoters(requests, random);
    const outcomes = this.#cast(
      terms,
      order.map((index) => requests[index] as CastRequest),
    );
    const answers: CastOutcome[] = [];
    for (const [at, index] of order.entries()) answers[index] = outcomes[at] as CastOutcome;
    return answers;
  }

  #cast(terms: VotingTerms, requests: readonly CastRequest[]): CastOutcome[] {
    const pids = requests.map((request) => request.pid);
    const { records } = this.#store.readVoters(pids);
    const roll = terms.roll === null ? null : this.#rolls.find(terms.roll.import, pids);
    const now = Date.now();
    const { sealedAt, pausedAt, lastMinutes } = this.#store;
    const transition = castMany({
      terms,
      state: this.#store.state,
      records,
      roll,
      serials: this.#tokens.newestSerials(requests),
      requests,
      now,
      isSealed: sealedAt !== null,
      isPaused: pausedAt !== null,
      areTokensOver: areTokensOver(sealedAt ?? terms.closesAt, now),
      ballotsAVoterMax: this.#bounds.ballotsAVoterMax,
      opener: this.#openerOf(terms),
    });
    if (transition.ballots.length === 0) return transition.outcomes;
    const { lastMinutesAt } = terms;
    // By this clock, before the first ballot of the last minutes: what is refused writes nothing.
    if (lastMinutesAt !== null && now >= lastMinutesAt && lastMinutes === null)
      this.#store.keepLastMinutes();
    this.#store.commit(transition);
    if (terms.rehearsal) this.#outbox.rehearsed.note(transition.ballots);
    if (terms.isTurnoutShown) this.#measures.onCommit(requests.length);
    this.#outbox.noteBallots(now);
    return transition.outcomes;
  }

  /** Made once: it takes the key in. */
  #openerOf(terms: VotingTerms): BallotOpener {
    this.#opener ??= ballotOpener(terms);
    return this.#opener;
  }
}

const refusedBeforeOpening: CastOutcome = {
  kind: "refused",
  code: "decision.not_open" satisfies VoteRefusal,
};

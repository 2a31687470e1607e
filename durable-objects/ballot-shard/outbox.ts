import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import type { ShardAddress } from "../../src/ballot/receipt.ts";
import { currentSpan, inChildSpan } from "../../src/telemetry/traces/trace-scope.ts";
import type { TraceOptions, Tracer } from "../../src/telemetry/traces/tracer.ts";
import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import {
  afterConfirming,
  afterGivingUp,
  afterPublishing,
  afterRebuild,
  drainOutbox,
  republishMoment,
  type Confirmation,
  type Outbox,
  type OutboxReport,
} from "../../src/vote-log/outbox.ts";
import type { VoteLog } from "../../src/vote-log/vote-log.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import { earliest } from "../shared/earliest.ts";
import type { BacklogReports } from "./backlog-reports.ts";
import { RehearsedVotes } from "./rehearsed-votes.ts";
import type { RoomReports } from "./room-reports.ts";
import type { ShardMeasures } from "./shard-measures.ts";
import type { ShardStore } from "./shard-store.ts";
import { describeCause } from "../../src/shared/loggable-error.ts";

/** What the outbox needs of its shard. */
interface OutboxDependencies {
  store: ShardStore;
  task: ScheduledTask;
  /** Tells the decision's room what the shard holds now. */
  reports: RoomReports;
  /** Tells the registry what the database does not hold though it should. */
  backlog: BacklogReports;
  log: VoteLog;
  tracer: Tracer;
  measures: ShardMeasures;
  /** For how long a published ballot may go unconfirmed before it is sent again, in ms. */
  republishAfterMs: number;
}

/**
 * The way of a shard's ballots to the vote log, and of its tally to the room, on the object's
 * alarm.
 */
export class ShardOutbox {
  readonly #dependencies: OutboxDependencies;
  /** The requests that the traces of records point to. */
  readonly rehearsed = new RehearsedVotes();
  /** Since when the oldest ballot waits that this object has taken and not published, in ms. */
  #waitingSince: number | null = null;
  /** Up to where ballots had been accepted when this object last drained; null before it did. */
  #drainedAtSeq: number | null = null;
  #failures = 0;
  /** What the last drain met, for audits. */
  #failure: string | null = null;

  constructor(dependencies: OutboxDependencies) {
    this.#dependencies = dependencies;
    if (dependencies.store.terms === null) dependencies.task.markIdle();
  }

  get task(): ScheduledTask {
    return this.#dependencies.task;
  }

  /** Whether the database is not known to have everything, or the registry not to know that. */
  get isWorkLeft(): boolean {
    const { progress, state } = this.#dependencies.store;
    return progress.confirmedSeq < state.seq || progress.behindTold !== null;
  }

  /** The object has begun: where work is left, its alarm must be set. */
  async resume(): Promise<void> {
    if (this.isWorkLeft) await this.task.restoreLostAlarm();
  }

  progress(): OutboxReport {
    return { ...this.#dependencies.store.progress, failure: this.#failure };
  }

  /** There are new ballots: they leave with those that follow within the drain's delay. */
  noteBallots(now: number): void {
    this.#waitingSince ??= now;
    this.task.runNoLaterThan(now + limits.drainDelayMs).catch((error: unknown) => {
      // The next vote sets it, or the object when it begins again: the ballots are stored.
      const { decisionId, shard } = this.#address();
      reportFailure("shard.alarm_not_set", error, { decision: decisionId, shard });
    });
  }

  /** The database holds every ballot up to `appliedSeq`; a word from before a rebuild is ignored. */
  async confirm(confirmation: Confirmation): Promise<void> {
    const { store, reports, backlog } = this.#dependencies;
    const { progress, state } = store;
    const { epoch, appliedSeq } = confirmation;
    if (epoch !== progress.epoch) return;
    invariant(appliedSeq <= state.seq, "the database holds a ballot that its shard never accepted");
    store.keepProgress(afterConfirming(progress, confirmation, Date.now()));
    backlog.noteConfirmed(Date.now());
    // Nothing is left to do: sparing the wake-up spares a cold start of every idle shard minutes
    // later.
    if (appliedSeq !== state.seq) return;
    if (store.progress.behindTold !== null) await this.task.runNoLaterThan(Date.now());
    else if (reports.isRoomInformed) await this.task.runAt(null);
  }

  /** Sends every ballot to the vote log again: the database is being rebuilt. */
  async republishAll(): Promise<void> {
    const { store } = this.#dependencies;
    store.keepProgress(afterRebuild(store.progress));
    await this.task.runNoLaterThan(Date.now());
  }

  /**
   * The alarm's work: drains the log, reports, sends again what stays unconfirmed. It never throws,
   * and always sets the next alarm.
   */
  async onAlarm(): Promise<void> {
    const { store, tracer } = this.#dependencies;
    const { terms } = store;
    if (terms === null) return;
    await tracer.trace("drain", this.#traceOf(terms), () => this.#drain());
  }

  async #drain(): Promise<void> {
    try {
      this.#republishOverdue();
      const isInRush = this.#isInRush();
      const left = await this.#publish(isInRush);
      // Set together with the last mark, so that one commit holds both; a failing report sets it
      // earlier.
      await this.task.scheduleNext(this.#nextMoment(left));
      await inChildSpan("report", {}, () => this.#dependencies.reports.report());
      this.#failures = 0;
      this.#failure = null;
    } catch (error) {
      this.#failures += 1;
      this.#failure = describeCause(error);
      const { decisionId, shard } = this.#address();
      reportFailure("shard.drain_failed", error, { decision: decisionId, shard });
      await this.task.runNoLaterThan(Date.now() + alarmRetryDelayMs(this.#failures));
    }
    await this.#reportBacklog();
  }

  /** Publishes, and measures how long the oldest ballot has waited. */
  async #publish(isInRush: boolean): Promise<"drained" | "more"> {
    const { log, measures, store } = this.#dependencies;
    const since = this.#waitingSince;
    this.#waitingSince = null;
    let left: "drained" | "more" = "more";
    try {
      left = await drainOutbox(this.#outbox(), log, { isInRush });
    } finally {
      if (left === "more") this.#waitingSince = since ?? this.#waitingSince;
    }
    if (since !== null && store.terms?.isTurnoutShown === true)
      measures.onDrain(Date.now() - since);
    return left;
  }

  async #reportBacklog(): Promise<void> {
    const { backlog } = this.#dependencies;
    await backlog.report(this.#failure);
    const nextAt = backlog.nextAt(Date.now());
    if (nextAt !== null) await this.task.runNoLaterThan(nextAt);
  }

  /** When to wake next, in ms, or null when there is nothing left to do. */
  #nextMoment(left: "drained" | "more"): number | null {
    const { store, reports, backlog, republishAfterMs } = this.#dependencies;
    const { progress, state } = store;
    const now = Date.now();
    const isMore = left === "more" || progress.publishedSeq < state.seq;
    const drainAt = isMore
      ? now + limits.drainDelayMs
      : republishMoment(progress, republishAfterMs);
    // What may be told by now is, right after this.
    const tellAt = [reports.nextAt, backlog.nextAt(now)].filter((at) => at !== null && at > now);
    return earliest([drainAt, ...tellAt]);
  }

  /** Whether ballots have come since the last drain. */
  #isInRush(): boolean {
    const { seq } = this.#dependencies.store.state;
    const before = this.#drainedAtSeq;
    this.#drainedAtSeq = seq;
    return before !== null && seq > before;
  }

  #republishOverdue(): void {
    const { store, republishAfterMs } = this.#dependencies;
    const moment = republishMoment(store.progress, republishAfterMs);
    if (moment === null || moment > Date.now()) return;
    store.keepProgress(afterGivingUp(store.progress));
  }

  #outbox(): Outbox {
    const { store } = this.#dependencies;
    return {
      address: this.#address(),
      progress: () => store.progress,
      lastSeq: () => store.state.seq,
      readAfter: (seq, max) => store.readAfter(seq, max),
      markPublished: (run) => {
        const span = currentSpan();
        if (span !== null)
          for (const request of this.rehearsed.between(run.fromSeq, run.toSeq)) span.link(request);
        store.keepProgress(afterPublishing(store.progress, run, Date.now()));
      },
    };
  }

  #address(): ShardAddress {
    const { terms } = this.#dependencies.store;
    invariant(terms !== null, "a shard without terms has no ballots to send");
    return { decisionId: terms.decisionId, shard: terms.shard };
  }

  /**
   * Of what counts a trace does not say whose record it is: it would tell when somebody voted. Of a
   * sealed decision it would tell how many have.
   */
  #traceOf({ rehearsal, isTurnoutShown, decisionId, shard }: VotingTerms): TraceOptions {
    if (!rehearsal) return { recorded: isTurnoutShown ? "sample" : "failures" };
    return {
      recorded: this.isWorkLeft ? "all" : "failures",
      attributes: {
        "enviro.decision.id": decisionId,
        "enviro.shard.number": shard,
        "enviro.rehearsal": true,
      },
    };
  }
}

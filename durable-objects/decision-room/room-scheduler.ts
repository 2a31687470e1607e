import type { FinalResultPublisher } from "../../src/cache/final-result-publisher.ts";
import { isListedByRegion, isTurnoutShown, showingOf } from "../../src/decision/visibility.ts";
import type { TallyReport } from "../../src/results/tally-report.ts";
import { inChildSpan } from "../../src/telemetry/traces/trace-scope.ts";
import type { TraceOptions, Tracer } from "../../src/telemetry/traces/tracer.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import type { RoomBroadcast } from "./broadcast.ts";
import type { DecisionReconciler, ReconcileOptions } from "./decision-reconciler.ts";
import {
  afterChange,
  afterReconciling,
  afterReport,
  atAlarm,
  dueTimesAtStart,
  nextRunAt,
} from "./due-times.ts";
import type { RoomProjection } from "./projection.ts";
import type { RoomResults } from "./results.ts";
import type { RoomSearchFeed } from "./search-feed.ts";
import type { RoomTurnout } from "./turnout.ts";
import type { RoomStore } from "./room-store.ts";
import { tryStep } from "./try-step.ts";

/** The parts that a room runs after its record has changed. */
export interface RoomSchedulerDependencies {
  store: RoomStore;
  results: RoomResults;
  reconciler: DecisionReconciler;
  projection: RoomProjection;
  turnout: RoomTurnout;
  search: Pick<RoomSearchFeed, "schedule">;
  broadcast: RoomBroadcast;
  publisher: FinalResultPublisher;
  task: ScheduledTask;
  tracer: Tracer;
}

/**
 * Runs what follows from a room's record: after a change, after a shard's report, and at its alarm.
 * Nothing in it throws but setting the next alarm: where that fails within an alarm, the platform
 * calls the alarm again.
 */
export class RoomScheduler {
  readonly #deps: RoomSchedulerDependencies;
  #work;

  constructor(deps: RoomSchedulerDependencies) {
    this.#deps = deps;
    this.#work = dueTimesAtStart(deps.store.decision !== null);
  }

  get task(): ScheduledTask {
    return this.#deps.task;
  }

  /** Replaces a lost alarm when the object begins, if the decision has a next step. */
  async resume(): Promise<void> {
    if (this.#deps.reconciler.isWorkLeft) await this.task.restoreLostAlarm();
  }

  /** Reconciles, tells watchers and cache, and sets the next alarm as the last thing it does. */
  async run(options: ReconcileOptions): Promise<void> {
    const { store, results, reconciler, projection, search, broadcast, publisher, task } =
      this.#deps;
    const isDeferred = options.projection === "deferred";
    if (isDeferred && projection.isRowBehind) await this.#scheduleRow();
    await reconciler.reconcile(options);
    await search.schedule(options);
    broadcast.schedule();
    const { decision, hasEnded } = store;
    const shown = decision === null ? null : results.shown(decision, Date.now());
    await (hasEnded
      ? inChildSpan("publish result", {}, () => publisher.publish(shown))
      : publisher.publish(shown));
    // A row whose immediate write failed waits for the reconciler's next run, which backs off.
    const isRowDeferred = isDeferred && projection.isRowBehind && !hasEnded;
    this.#work = afterReconciling(this.#work, { isRowDeferred, hasEnded }, Date.now());
    const at = nextRunAt(this.#work, reconciler.nextRunAt);
    // The alarm of the instance before may be for lists that this one does not know to be behind.
    if (!this.#work.mayHaveMissedReports) await task.runAt(at);
    else if (at !== null) await task.runNoLaterThan(at);
  }

  /**
   * Takes in what a shard has accepted; lists and watchers follow in their time. Gives the seq that
   * is known of it then: where that is lower than what it told, it has to tell everything.
   */
  async onReport(report: TallyReport): Promise<number> {
    const { store, results, broadcast } = this.#deps;
    const { decision, hasEnded } = store;
    // A report after the seals says nothing that they did not, and one of no shard nothing at all.
    if (decision === null || hasEnded || !results.hasShard(report.shard)) return report.seq;
    const knownSeq = results.mergeReport(report);
    if (knownSeq < report.seq) return knownSeq;
    // Also where the shard was asked before: neither watchers nor lists have heard of it yet.
    broadcast.schedule();
    const consequences = {
      isListedByRegion: decision.draft.regions.length > 0 && isListedByRegion(decision),
      isListed: showingOf(decision.draft.visibility, decision.status) !== "nothing",
      isEarlyFinish: decision.draft.endsEarly === "by_rule",
    };
    this.#work = afterReport(this.#work, consequences, Date.now());
    await this.#scheduleWork();
    return knownSeq;
  }

  /** The alarm's work: lists that are due, and then everything that the record asks for. */
  async onAlarm(): Promise<void> {
    const { store, tracer } = this.#deps;
    await tracer.trace("reconcile", reconcileTrace(store), () => this.#reconcile());
  }

  async #reconcile(): Promise<void> {
    const { store, projection, turnout } = this.#deps;
    const { areLiveResultsDue, after } = atAlarm(this.#work, Date.now());
    this.#work = after;
    if (areLiveResultsDue) {
      // The next change tries again.
      await tryStep("room.projection_failed", store.decision?.draft.id, () =>
        projection.write({ liveResults: true }),
      );
      turnout.note(Date.now());
    }
    await this.run({ projection: "immediate" });
  }

  /** In the change's transaction: a crash while others are asked leaves an alarm that goes on. */
  async #scheduleRow(): Promise<void> {
    this.#work = afterChange(this.#work, Date.now());
    await this.#scheduleWork();
  }

  async #scheduleWork(): Promise<void> {
    const at = nextRunAt(this.#work, null);
    if (at !== null) await this.task.runNoLaterThan(at);
  }
}

/**
 * While votes come, an alarm's time tells of them: then a trace does not say whose it is, and of a
 * sealed decision there is none.
 */
function reconcileTrace({ decision, hasEnded }: RoomStore): TraceOptions {
  if (decision === null) return {};
  const { id, rehearsal, visibility } = decision.draft;
  const isOver = hasEnded || decision.status === "closing";
  const isHidden = !isOver && !isTurnoutShown({ visibility });
  return {
    recorded: rehearsal ? "all" : isHidden ? "failures" : "sample",
    attributes: {
      "enviro.decision.id": rehearsal || isOver ? id : undefined,
      "enviro.rehearsal": rehearsal,
    },
  };
}

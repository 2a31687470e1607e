import {
  isOpenOrScheduled,
  nextLifecycleMoment,
  passTime,
  sealDecision,
} from "../../src/decision/lifecycle.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { wholeReport } from "../../src/results/tally-report.ts";
import { lastSealOf } from "../../src/results/shard-snapshot.ts";
import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import { earliest } from "../shared/earliest.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import type { RoomCertification } from "./certification.ts";
import type { DecisionKeyStore } from "./decision-key-store.ts";
import { deleteDraft, type DraftDeletion } from "./delete-draft.ts";
import { dropStrayRolls, hasStrayRolls } from "./drop-rolls.ts";
import { finishEarly } from "./early-finish.ts";
import { extendWindow } from "./extension.ts";
import type { RoomOutcome } from "./outcome.ts";
import type { RoomPublication } from "./publication.ts";
import type { RoomProjection } from "./projection.ts";
import type { RoomResults } from "./results.ts";
import type { RowCheck } from "./row-check.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./room-store.ts";
import { forgetWhenDue } from "./forget-decision.ts";
import type { AuditLog } from "../shared/audit-log.ts";
import type { BallotForgetting } from "../../src/database/database.ts";
import { isWaitingTold, tellWaiting, type WaitingNotice } from "./waiting-notice.ts";
import { tellChecks, type CheckNotice } from "./tell-checks.ts";
import { tryStep } from "./try-step.ts";
import type { LogEvent } from "../../src/shared/log-line.ts";

/**
 * Whether the decision's row is written to the database now, or left to the alarm. What ends a
 * decision is written now in any case, since no change comes soon that could be written with it.
 */
export type ReconcileOptions = { projection: "immediate" | "deferred" };

/** What the reconciler reads and acts on. */
export interface DecisionReconcilerDependencies {
  store: RoomStore;
  keyStore: DecisionKeyStore;
  shards: RoomShards;
  results: RoomResults;
  outcome: RoomOutcome;
  projection: RoomProjection;
  certification: RoomCertification;
  auditLog: AuditLog;
  database: BallotForgetting;
  publication: RoomPublication;
  rowCheck: RowCheck;
  task: ScheduledTask;
  unregister: DraftDeletion["unregister"];
  noteUncertified: WaitingNotice["noteUncertified"];
  beginChecks: CheckNotice["beginChecks"];
}

/** A step, and the log event of its failure. */
type Step = readonly [event: LogEvent, run: (options: ReconcileOptions) => Promise<void>];

/**
 * Does what the room's record asks for: shards opened, shards sealed, database projected. Each step
 * looks at what is and does what is missing, so it is safe to run again after a crash.
 */
export class DecisionReconciler {
  readonly #deps: DecisionReconcilerDependencies;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  #publishFailures = 0;
  #noticeFailures = 0;
  #nextRunAt: number | null = null;

  /** In this order: a later step relies on what an earlier one has changed. */
  readonly #steps: readonly Step[] = [
    ["room.clock_failed", () => this.#passTime()],
    ["room.open_failed", () => this.#openShards()],
    ["room.extension_failed", () => this.#extendWindow()],
    ["room.early_finish_failed", () => this.#finishEarly()],
    ["room.seal_failed", () => this.#sealShards()],
    ["room.rolls_not_dropped", () => this.#dropRolls()],
    ["room.deletion_failed", () => this.#deleteDraft()],
    ["room.forgetting_failed", () => forgetWhenDue(this.#deps)],
    ["room.projection_failed", (options) => this.#project(options)],
    ["room.row_check_failed", () => this.#deps.rowCheck.run()],
  ];

  constructor(deps: DecisionReconcilerDependencies) {
    this.#deps = deps;
  }

  /** Runs the steps, one run after another. Never throws: what failed runs again at `nextRunAt`. */
  reconcile(options: ReconcileOptions): Promise<void> {
    this.#running = this.#running.then(() => this.#run(options));
    return this.#running;
  }

  /** When the steps are to run next, in ms, as the last run found; null when nothing is left. */
  get nextRunAt(): number | null {
    return this.#nextRunAt;
  }

  /** Whether the record shows work that no caller waits for: a lost alarm has to be replaced. */
  get isWorkLeft(): boolean {
    const { store, rowCheck } = this.#deps;
    const { decision } = store;
    if (decision === null) return false;
    if (rowCheck.isUnderWay || store.isDeletionAsked) return true;
    if (decision.status === "closing" || decision.status === "closed") return true;
    const isUnsealed = decision.status === "cancelled" && unsealedShards(store).length > 0;
    if (isUnsealed || hasStrayRolls(store) || isWaitingTold(store)) return true;
    return nextLifecycleMoment(decision) !== null;
  }

  /** Whether every shard has the manifest's terms, and so takes votes. */
  get areShardsOpened(): boolean {
    return this.#deps.store.marks.get("shards_opened") === 1;
  }

  async #run(options: ReconcileOptions): Promise<void> {
    const nextRunAt = await this.#runSteps(options);
    // Last, since what waited may have been certified now.
    const isTold = await this.#try("room.waiting_not_told", () => tellWaiting(this.#deps));
    const isCheckBegun =
      options.projection === "deferred" ||
      (await this.#try("room.checks_not_told", () => tellChecks(this.#deps)));
    this.#noticeFailures = isTold && isCheckBegun ? 0 : this.#noticeFailures + 1;
    const againAt =
      this.#noticeFailures === 0 ? null : Date.now() + alarmRetryDelayMs(this.#noticeFailures);
    this.#nextRunAt = earliest([nextRunAt, againAt]);
  }

  async #runSteps(options: ReconcileOptions): Promise<number | null> {
    const { store } = this.#deps;
    if (store.decision === null) return null;
    let isDone = true;
    for (const [event, run] of this.#steps) {
      const hasSucceeded = await this.#try(event, () => run(options));
      isDone &&= hasSucceeded;
    }
    this.#failures = isDone ? 0 : this.#failures + 1;
    if (!isDone) return this.#retryAt(Date.now());
    // The rows are to be the record's before they are counted.
    if (this.#deps.rowCheck.isUnderWay) return Date.now();
    if (store.decision?.status === "closed") return this.#certifyWhenDue();
    return store.decision === null ? null : nextLifecycleMoment(store.decision);
  }

  /**
   * When to try again what failed at `now` (both in ms): no later than the clock's next change,
   * which has nothing to do with it. One that has passed waits like the rest.
   */
  #retryAt(now: number): number {
    const { decision } = this.#deps.store;
    const retryAt = now + alarmRetryDelayMs(this.#failures);
    const momentAt = decision === null ? null : nextLifecycleMoment(decision);
    return momentAt !== null && momentAt > now ? Math.min(retryAt, momentAt) : retryAt;
  }

  async #passTime(): Promise<void> {
    const { store } = this.#deps;
    if (store.decision !== null) store.keepDecision(passTime(store.decision, Date.now()));
  }

  async #project({ projection }: ReconcileOptions): Promise<void> {
    const isDue = projection === "immediate" || this.#deps.store.hasEnded;
    if (isDue) await this.#deps.projection.write();
  }

  /**
   * Publishes, and certifies if the projection is complete. Gives when to go on (ms); null when
   * done.
   */
  async #certifyWhenDue(): Promise<number | null> {
    const { store, certification, publication, rowCheck } = this.#deps;
    const checkAt = certification.nextCheckAt(Date.now());
    if (Date.now() < checkAt) return checkAt;
    const isPublished = await this.#try("room.publication_failed", () => publication.run());
    this.#publishFailures = isPublished ? 0 : this.#publishFailures + 1;
    if (!isPublished) return Date.now() + alarmRetryDelayMs(this.#publishFailures);
    // What is left of it is written in the next alarm.
    if (publication.summary === null) return Date.now();
    await this.#try("room.certify_failed", () => certification.check());
    const now = Date.now();
    if (rowCheck.isUnderWay) return now;
    if (store.decision?.status === "closed") return certification.nextCheckAt(now);
    const isWritten = await this.#try("room.projection_failed", () =>
      this.#project({ projection: "immediate" }),
    );
    if (!isWritten) return now + alarmRetryDelayMs(1);
    return store.decision === null ? null : nextLifecycleMoment(store.decision);
  }

  async #openShards(): Promise<void> {
    const { store, keyStore, shards, results } = this.#deps;
    const { decision } = store;
    if (decision === null || !isOpenOrScheduled(decision)) return;
    if (decision.manifest === null || this.areShardsOpened) return;
    const all = decision.manifest.shardMap.map((_, shard) => shard);
    const opened = await shards.open(decision.manifest, keyStore.keys.openingKey, all);
    for (const snapshot of opened) results.mergeAnswer(wholeReport(snapshot));
    invariant(opened.length === all.length, "some shards did not take their terms");
    store.marks.defer("shards_opened", 1);
  }

  #extendWindow(): Promise<void> {
    return extendWindow(this.#deps);
  }

  #finishEarly(): Promise<void> {
    return finishEarly(this.#deps.store, this.#deps.results);
  }

  #dropRolls(): Promise<void> {
    return dropStrayRolls(this.#deps.store, this.#deps.shards);
  }

  #deleteDraft(): Promise<void> {
    return deleteDraft(this.#deps);
  }

  async #sealShards(): Promise<void> {
    const { store, shards, results, outcome, certification, task } = this.#deps;
    const { decision } = store;
    const isEnding = decision?.status === "closing" || decision?.status === "cancelled";
    if (!isEnding || decision.manifest === null) return;
    const { manifest } = decision;
    const unsealed = unsealedShards(store);
    if (unsealed.length > 0) {
      const seals = await shards.seal(manifest, unsealed);
      for (const seal of seals) results.mergeAnswer(wholeReport(seal));
      store.keepSeals(seals);
      invariant(seals.length === unsealed.length, "some shards did not give their seals");
    }
    if (decision.status !== "closing") return;
    const closed = sealDecision(decision, lastSealOf(store.seals.values()));
    outcome.keep(closed);
    store.keepDecision(closed);
    // In the same commit: a crash before the database has the row leaves an alarm that goes on from
    // there, and no other has to be set after it.
    await task.runAt(certification.nextCheckAt(Date.now()));
  }

  #try(event: LogEvent, step: () => Promise<void>): Promise<boolean> {
    return tryStep(event, this.#deps.store.decision?.draft.id, step);
  }
}

/** The shards of an opened decision whose seals are not known. */
function unsealedShards({ decision, seals }: RoomStore): number[] {
  const shardMap = decision?.manifest?.shardMap ?? [];
  return shardMap.flatMap((_, shard) => (seals.has(shard) ? [] : [shard]));
}

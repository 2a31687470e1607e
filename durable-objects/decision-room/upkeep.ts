import type { FinalResultPublisher } from "../../src/cache/final-result-publisher.ts";
import { nextLifecycleMoment } from "../../src/decision/lifecycle.ts";
import { isListedByRegion } from "../../src/decision/visibility.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { attempt } from "./attempt.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import type { RoomBroadcast } from "./broadcast.ts";
import {
  afterChange,
  afterReconciling,
  afterReport,
  atAlarm,
  momentsAtStart,
  wakeMoment,
} from "./clock.ts";
import type { RoomLifecycle, RowTiming } from "./lifecycle.ts";
import type { RoomProjection } from "./projection.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./store.ts";

/** The parts of a room that follow its record. */
export type RoomFollowers = {
  lifecycle: RoomLifecycle;
  projection: RoomProjection;
  broadcast: RoomBroadcast;
  publisher: FinalResultPublisher;
  task: ScheduledTask;
};

/**
 * Lets the world follow a room's record: after a change, after a shard's report, and at its alarm. Nothing in it throws but setting the next alarm:
 * where that fails within an alarm, the platform calls it again.
 */
export class RoomUpkeep {
  readonly #store: RoomStore;
  readonly #results: RoomResults;
  readonly #followers: RoomFollowers;
  #moments;

  constructor(store: RoomStore, results: RoomResults, followers: RoomFollowers) {
    this.#store = store;
    this.#results = results;
    this.#followers = followers;
    this.#moments = momentsAtStart(store.decision !== null);
  }

  get task(): ScheduledTask {
    return this.#followers.task;
  }

  /** The object has begun anew: where the clock is to change the decision yet, or it is to be certified, it is to wake. */
  async resume(): Promise<void> {
    const { decision } = this.#store;
    if (decision === null) return;
    const isEnding = decision.status === "closing" || decision.status === "closed";
    if (isEnding || nextLifecycleMoment(decision) !== null) await this.task.restoreLostAlarm();
  }

  /** Carries out what the record asks for, tells the watchers and the cache, and sets the next alarm as the last thing it does. */
  async settle(timing: RowTiming = "row soon"): Promise<void> {
    const { lifecycle, projection, broadcast, publisher, task } = this.#followers;
    if (timing === "row soon" && projection.isRowBehind) await this.#armForRow();
    await lifecycle.reconcile(timing);
    broadcast.soon();
    const { decision, hasEnded } = this.#store;
    await publisher.publish(decision === null ? null : this.#results.shown(decision, Date.now()));
    // A row that was tried now and failed waits for the life-cycle's next moment, which backs off.
    const isRowWanted = timing === "row soon" && projection.isRowBehind && !hasEnded;
    this.#moments = afterReconciling(this.#moments, { isRowWanted, hasEnded }, Date.now());
    const at = wakeMoment(this.#moments, lifecycle.nextMoment);
    // An alarm of the instance before may be for lists that only it knew to be behind.
    if (!this.#moments.mayHaveMissedReports) await task.runAt(at);
    else if (at !== null) await task.runNoLaterThan(at);
  }

  /** In the transaction of the change: a crash while shards or database are asked leaves an alarm that goes on from there. */
  async #armForRow(): Promise<void> {
    this.#moments = afterChange(this.#moments, Date.now());
    const at = wakeMoment(this.#moments, null);
    if (at !== null) await this.#followers.task.runNoLaterThan(at);
  }

  /** Takes in what a shard has accepted, and lets lists and watchers follow in their time. */
  async noteReport(snapshot: ShardSnapshot): Promise<void> {
    const { decision, hasEnded } = this.#store;
    // What comes after the seals tells nothing that they did not.
    if (decision === null || hasEnded) return;
    // Also where a reader's question has told the room before: neither watchers nor lists have heard of it yet.
    this.#results.mergeReport(snapshot);
    this.#followers.broadcast.soon();
    const consequences = {
      isListedByRegion: decision.draft.regions.length > 0 && isListedByRegion(decision),
      isEarlyFinish: decision.draft.isEarlyFinish,
    };
    this.#moments = afterReport(this.#moments, consequences, Date.now());
    const at = wakeMoment(this.#moments, null);
    if (at !== null) await this.#followers.task.runNoLaterThan(at);
  }

  /** The clock of the decision's life, and of the lists that follow it. */
  async onAlarm(): Promise<void> {
    const { areLiveResultsDue, after } = atAlarm(this.#moments, Date.now());
    this.#moments = after;
    if (areLiveResultsDue) {
      // The next change tries again.
      await attempt("room.projection_failed", this.#store.decision?.draft.id, () =>
        this.#followers.projection.write("with live results"),
      );
    }
    await this.settle("row now");
  }
}

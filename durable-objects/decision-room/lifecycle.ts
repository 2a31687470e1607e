import type { Decision, Manifest } from "../../src/decision/decision.ts";
import {
  closeDecision,
  isOpenOrScheduled,
  nextLifecycleMoment,
  passTime,
  sealDecision,
} from "../../src/decision/lifecycle.ts";
import { isInRoom } from "../../src/decision/shard-map.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { isDecided } from "../../src/results/decision-outcome.ts";
import { lastSealOf } from "../../src/results/shard-snapshot.ts";
import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import { attempt } from "./attempt.ts";
import type { RoomCertification } from "./certification.ts";
import { extendWindow } from "./extension.ts";
import type { RoomOutcome } from "./outcome.ts";
import type { RoomProjection } from "./projection.ts";
import type { RoomResults } from "./results.ts";
import type { RoomShards } from "./shards.ts";
import type { RoomStore } from "./store.ts";

/**
 * Whether a reconciling writes the decision's row into the database, or leaves that to the alarm. What ends a decision is written at once in any
 * case, since no further change is near that could be written with it.
 */
export type RowTiming = "row now" | "row soon";

/**
 * Brings the world to what the room's record says: shards opened, shards sealed, database projected. Every step looks at what is and
 * does what is missing, so running it again, after a crash or side by side with an alarm, is always safe.
 */
export class RoomLifecycle {
  readonly #store: RoomStore;
  readonly #shards: RoomShards;
  readonly #results: RoomResults;
  readonly #outcome: RoomOutcome;
  readonly #projection: RoomProjection;
  readonly #certification: RoomCertification;
  readonly #task: ScheduledTask;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  #nextMoment: number | null = null;

  constructor(
    store: RoomStore,
    shards: RoomShards,
    results: RoomResults,
    outcome: RoomOutcome,
    projection: RoomProjection,
    certification: RoomCertification,
    task: ScheduledTask,
  ) {
    this.#store = store;
    this.#shards = shards;
    this.#results = results;
    this.#outcome = outcome;
    this.#projection = projection;
    this.#certification = certification;
    this.#task = task;
  }

  /** Runs the steps, one run after another. Never throws: what failed is tried again at `nextMoment`. */
  reconcile(timing: RowTiming): Promise<void> {
    this.#running = this.#running.then(() => this.#run(timing));
    return this.#running;
  }

  /** When the steps are to run next, in ms, as the last run found; null when nothing is left to do. */
  get nextMoment(): number | null {
    return this.#nextMoment;
  }

  /** Whether the shards have the manifest's terms, so that votes are judged. */
  get areShardsOpened(): boolean {
    return this.#store.mark("shards_opened") === 1;
  }

  async #run(timing: RowTiming): Promise<void> {
    this.#nextMoment = await this.#takeSteps(timing);
  }

  async #takeSteps(timing: RowTiming): Promise<number | null> {
    if (this.#store.decision === null) return null;
    const isDone = [
      await this.#try("room.clock_failed", () => this.#passTime()),
      await this.#try("room.open_failed", () => this.#openShards()),
      await this.#try("room.extension_failed", () =>
        extendWindow(this.#store, this.#shards, this.#results),
      ),
      await this.#try("room.early_finish_failed", () => this.#finishEarly()),
      await this.#try("room.seal_failed", () => this.#sealShards()),
      await this.#try("room.rolls_not_dropped", () => this.#dropRolls()),
      await this.#project(timing),
    ].every(Boolean);
    this.#failures = isDone ? 0 : this.#failures + 1;
    if (!isDone) return Date.now() + alarmRetryDelayMs(this.#failures);
    if (this.#store.decision?.status === "closed") return this.#certifyWhenDue();
    return this.#store.decision === null ? null : nextLifecycleMoment(this.#store.decision);
  }

  async #passTime(): Promise<void> {
    const { decision } = this.#store;
    if (decision !== null) this.#store.keepDecision(passTime(decision, Date.now()));
  }

  async #project(timing: RowTiming): Promise<boolean> {
    if (timing === "row soon" && !this.#store.hasEnded) return true;
    return this.#try("room.projection_failed", () => this.#projection.write());
  }

  /** Certifies once the projection is whole; gives when to look again, in ms, or null when nothing is left to do. */
  async #certifyWhenDue(): Promise<number | null> {
    const moment = this.#certification.momentFrom(Date.now());
    if (Date.now() < moment) return moment;
    await this.#try("room.certify_failed", () => this.#certification.look());
    const now = Date.now();
    if (this.#store.decision?.status === "closed") return this.#certification.momentFrom(now);
    return (await this.#project("row now")) ? null : now + alarmRetryDelayMs(1);
  }

  async #openShards(): Promise<void> {
    const { decision } = this.#store;
    if (decision === null || !isOpenOrScheduled(decision)) return;
    if (decision.manifest === null || this.areShardsOpened) return;
    const all = decision.manifest.shardMap.map((_, shard) => shard);
    const opened = await this.#shards.open(decision.manifest, all);
    for (const snapshot of opened) this.#results.mergeAnswer(snapshot);
    invariant(opened.length === all.length, "some shards did not take their terms");
    this.#store.noteMark("shards_opened", 1);
  }

  /** Imports that can't be adopted any more: all of them once a draft is cancelled, and after the opening those in shards that the frozen map does not have. */
  async #dropRolls(): Promise<void> {
    const { decision } = this.#store;
    if (decision === null || decision.status === "draft") return;
    const shardMap = decision.manifest?.shardMap ?? [];
    const inUse = shardMap.filter((_, shard) => !isInRoom(shardMap, shard)).length;
    const stray = Math.max(0, this.#store.mark("roll_shards") - inUse);
    const isStrayInRoom = this.#store.mark("roll_in_room") === 1 && !isInRoom(shardMap, 0);
    const isClean = stray === 0 && !isStrayInRoom;
    if (isClean || this.#store.mark("rolls_dropped") === 1) return;
    if (isStrayInRoom) this.#shards.dropRollInRoom();
    const shards = Array.from({ length: stray }, (_, index) => inUse + index);
    await this.#shards.dropRolls(decision.draft.id, shards);
    this.#store.keepMark("rolls_dropped", 1);
  }

  /** Begins the end where nothing can change any more: what is known is a part of what will be, and certainty holds for every future of it. */
  async #finishEarly(): Promise<void> {
    const before = this.#store.decision;
    // An instance that begins anew knows nothing of its shards before it has asked them.
    if (mayFinishEarly(before) && this.#results.known(before) === null) await this.#results.fresh();
    const { decision } = this.#store;
    if (!mayFinishEarly(decision)) return;
    const result = this.#results.known(decision);
    if (result === null || !isDecided(decision.manifest, result)) return;
    const closed = closeDecision(decision);
    if ("decision" in closed) this.#store.keepDecision(closed.decision);
  }

  async #sealShards(): Promise<void> {
    const { decision } = this.#store;
    const isEnding = decision?.status === "closing" || decision?.status === "cancelled";
    if (!isEnding || decision.manifest === null) return;
    const { manifest } = decision;
    const unsealed = manifest.shardMap.flatMap((_, shard) =>
      this.#store.seals.has(shard) ? [] : [shard],
    );
    if (unsealed.length > 0) {
      const seals = await this.#shards.seal(manifest, unsealed);
      for (const seal of seals) this.#results.mergeAnswer(seal);
      this.#store.keepSeals(seals);
      invariant(seals.length === unsealed.length, "some shards did not give their seals");
    }
    if (decision.status !== "closing") return;
    this.#outcome.keep(decision);
    this.#store.keepDecision(sealDecision(decision, lastSealOf(this.#store.seals.values())));
    // In the same commit: a crash from here on, before the database has the row, leaves an alarm that goes on, and no other has to be set after it.
    await this.#task.runAt(this.#certification.momentFrom(Date.now()));
  }

  #try(event: string, step: () => Promise<void>): Promise<boolean> {
    return attempt(event, this.#store.decision?.draft.id, step);
  }
}

function mayFinishEarly(decision: Decision | null): decision is Decision & { manifest: Manifest } {
  return decision?.status === "open" && decision.manifest?.isEarlyFinish === true;
}

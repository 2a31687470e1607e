import { earliest } from "./earliest.ts";

/** When something is to run next: not known, never, or at a time in ms. */
export type Schedule = { kind: "unknown" } | { kind: "idle" } | { kind: "scheduled"; at: number };

/** What a task needs of the object's alarm. */
export type SharedAlarm = {
  /** Sets the stored alarm to what all tasks need now. */
  update(): Promise<void>;
  /** The alarm that the instance before has left, in ms. */
  inheritedAt(): number | null;
};

/**
 * When one task of an object is to run. Its schedule is unknown when the object begins and while
 * the task runs, until the task states it.
 */
export class ScheduledTask {
  readonly #alarm: SharedAlarm;
  #schedule: Schedule = { kind: "unknown" };
  #isRunning = false;
  /** The earliest time that was asked for while the running task had not stated its next one. */
  #requestedAt: number | null = null;

  constructor(alarm: SharedAlarm) {
    this.#alarm = alarm;
  }

  get schedule(): Schedule {
    return this.#schedule;
  }

  /** Whether to run at `now` (ms). An unknown schedule counts as due: the alarm may be for it. */
  isDue(now: number): boolean {
    const schedule = this.#schedule;
    return schedule.kind === "unknown" || (schedule.kind === "scheduled" && schedule.at <= now);
  }

  /** States that there is nothing to run, where no alarm can have been set for it before. */
  markIdle(): void {
    this.#schedule = { kind: "idle" };
  }

  /** The task begins to run; what it needs next is unknown until it says so. */
  start(): void {
    this.#schedule = { kind: "unknown" };
    this.#isRunning = true;
    this.#requestedAt = null;
  }

  /** The task has ended. If it stated nothing, it runs at `fallbackAt` (ms) or when requested. */
  finish(fallbackAt: number | null): void {
    if (this.#schedule.kind === "unknown")
      this.#schedule = scheduleAt(earliest([this.#requestedAt, fallbackAt]));
    this.#isRunning = false;
  }

  /** The running task states when it runs next (ms): then, or earlier if requested meanwhile. */
  async scheduleNext(at: number | null): Promise<void> {
    const requestedAt =
      this.#schedule.kind === "unknown" ? this.#requestedAt : timeOf(this.#schedule);
    await this.runAt(earliest([requestedAt, at]));
  }

  /** Replaces an alarm that was lost: the platform gives one up after six failures. */
  async restoreLostAlarm(): Promise<void> {
    if (this.#alarm.inheritedAt() === null) await this.runNoLaterThan(Date.now());
  }

  /** Runs at this time (ms) and at no other; null for never. */
  async runAt(at: number | null): Promise<void> {
    this.#schedule = scheduleAt(at);
    await this.#alarm.update();
  }

  /**
   * Runs at this time (ms), unless an earlier one is scheduled, or may have been before the object
   * began. Asked of a running task it sets nothing: work that is broken off is to be done again as
   * soon as the platform calls, not at this time.
   */
  async runNoLaterThan(at: number): Promise<void> {
    if (this.#schedule.kind === "unknown" && this.#isRunning) {
      this.#requestedAt = earliest([this.#requestedAt, at]);
      return;
    }
    const before =
      this.#schedule.kind === "unknown" ? this.#alarm.inheritedAt() : timeOf(this.#schedule);
    await this.runAt(earliest([before, at]));
  }
}

/** The time of a schedule, in ms; null where it has none. */
export function timeOf(schedule: Schedule): number | null {
  return schedule.kind === "scheduled" ? schedule.at : null;
}

/** The schedule of what runs at this time (ms), or never. */
export function scheduleAt(at: number | null): Schedule {
  return at === null ? { kind: "idle" } : { kind: "scheduled", at };
}

import { limits } from "../../src/shared/limits.ts";
import { earliest } from "./earliest.ts";
import { ScheduledTask, scheduleAt, timeOf, type Schedule } from "./scheduled-task.ts";

/** Where the platform keeps an object's alarm: a time in ms, or null. */
type AlarmStorage = {
  getAlarm(): Promise<number | null>;
  setAlarm(at: number): Promise<void>;
  deleteAlarm(): Promise<void>;
};

/** Does the work of a task when its time has come. It ends by stating when the task runs next. */
export type AlarmHandler = { task: ScheduledTask; onAlarm(): Promise<void> };

/** The handlers at work in one alarm, and what they threw. */
type Runs = { running: Map<AlarmHandler, Promise<void>>; failures: unknown[] };

/**
 * Shares an object's one alarm between its tasks. It is set to the earliest time that a task is
 * scheduled for, and written only where that changes: each setting is a billed row.
 *
 * While a task's schedule is unknown, the alarm is never set later than it was.
 */
export class AlarmScheduler {
  readonly #storage: AlarmStorage;
  readonly #tasks: ScheduledTask[] = [];
  /** The stored alarm; unknown after a write that failed. */
  #stored: Schedule = { kind: "idle" };
  /** The alarm that the instance before has left, in ms. */
  #inheritedAt: number | null = null;
  #isRunning = false;
  #onUpdate = (): void => {};

  constructor(storage: AlarmStorage) {
    this.#storage = storage;
  }

  newTask(): ScheduledTask {
    const task = new ScheduledTask({
      update: () => this.#update(),
      inheritedAt: () => this.#inheritedAt,
    });
    this.#tasks.push(task);
    return task;
  }

  /** Reads the alarm that the instance before has left. */
  async load(): Promise<void> {
    this.#inheritedAt = await this.#storage.getAlarm();
    this.#stored = scheduleAt(this.#inheritedAt);
  }

  /**
   * Runs every task that is due, and those that become due meanwhile: one that works long holds up
   * no other. Throws the first failure, once the alarm is set for all.
   */
  async onAlarm(handlers: readonly AlarmHandler[]): Promise<void> {
    // An alarm may come early: the task that it was set for runs all the same.
    let now = Math.max(Date.now(), timeOf(this.#stored) ?? 0);
    this.#stored = { kind: "idle" };
    this.#inheritedAt = null;
    this.#isRunning = true;
    const runs: Runs = { running: new Map(), failures: [] };
    for (;;) {
      startDue(handlers, runs, now);
      if (runs.running.size === 0) break;
      await this.#waitForChange(handlers, runs);
      now = Date.now();
    }
    this.#isRunning = false;
    await this.#update();
    if (runs.failures.length > 0) throw runs.failures[0];
  }

  /** Waits until a task has ended, has been scheduled, or is due. */
  async #waitForChange(handlers: readonly AlarmHandler[], { running }: Runs): Promise<void> {
    const updated = new Promise<void>((resolve) => {
      this.#onUpdate = resolve;
    });
    const waiting = handlers.filter((handler) => !running.has(handler));
    const next = earliest(waiting.map(({ task }) => timeOf(task.schedule)));
    await firstOf([...running.values(), updated], next);
  }

  async #update(): Promise<void> {
    this.#onUpdate();
    const schedules = this.#tasks.map(({ schedule }) => schedule);
    const isAllKnown = schedules.every(({ kind }) => kind !== "unknown");
    // The platform repeats an alarm whose work was broken off, unless another was set meanwhile.
    if (this.#isRunning && !isAllKnown) return;
    const at = earliest([...schedules.map(timeOf), isAllKnown ? null : this.#inheritedAt]);
    if (this.#stored.kind !== "unknown" && timeOf(this.#stored) === at) return;
    // Before the write, so that a call which comes while it waits sees it.
    this.#stored = scheduleAt(at);
    try {
      await (at === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(at));
    } catch (error) {
      this.#stored = { kind: "unknown" };
      throw error;
    }
  }
}

function startDue(handlers: readonly AlarmHandler[], runs: Runs, now: number): void {
  const { running, failures } = runs;
  const due = handlers.filter((handler) => !running.has(handler) && handler.task.isDue(now));
  // All before the first begins to work: it must not find another's time that has come too.
  for (const { task } of due) task.start();
  for (const handler of due) {
    const run = handler
      .onAlarm()
      .then(() => handler.task.finish(null))
      .catch((error: unknown) => {
        failures.push(error);
        handler.task.finish(Date.now() + limits.retryDelayMsMax);
      })
      .then(() => void running.delete(handler));
    running.set(handler, run);
  }
}

/** Waits for the first of these promises, or until `at` (ms). */
async function firstOf(promises: readonly Promise<void>[], at: number | null): Promise<void> {
  if (at === null) return Promise.race(promises);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reached = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, at - Date.now());
  });
  await Promise.race([...promises, reached]);
  clearTimeout(timer);
}

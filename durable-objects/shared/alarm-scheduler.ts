import { limits } from "../../src/shared/limits.ts";

/** Where the platform keeps an object's alarm: a moment in ms, or null. */
type AlarmStorage = {
  getAlarm(): Promise<number | null>;
  setAlarm(at: number): Promise<void>;
  deleteAlarm(): Promise<void>;
};

/** Somebody who lives in an object and works when its alarm goes off; the work ends by saying when the next is wanted, if any is. */
export type Sleeper = { alarm: AlarmWish; wake(): Promise<void> };

/**
 * An object's one alarm, for all that live in the object. It is set to the earliest moment that one of them wants to wake at, and only where that
 * changes something: each setting is a row written, and billed.
 *
 * Whoever has not spoken, since the object began anew or since the alarm woke them, may want anything: until all have, the alarm is left at what it was.
 */
export class ObjectAlarm {
  readonly #storage: AlarmStorage;
  readonly #wishes: AlarmWish[] = [];
  /** The moment that it is set to, in ms; undefined where that is not known. */
  #setTo: number | null | undefined = null;
  /** What it was set to before the object slept. */
  #recalled: number | null = null;
  #isRinging = false;
  #onWish = (): void => {};

  constructor(storage: AlarmStorage) {
    this.#storage = storage;
  }

  newWish(): AlarmWish {
    const wish = new AlarmWish({ set: () => this.#set(), recalled: () => this.#recalled });
    this.#wishes.push(wish);
    return wish;
  }

  /** Looks what it was set to before the object slept. */
  async recall(): Promise<void> {
    this.#recalled = await this.#storage.getAlarm();
    this.#setTo = this.#recalled;
  }

  /** It has gone off: lets everybody work whose moment has come. Who works long holds up nobody whose moment comes meanwhile. */
  async goOff(sleepers: readonly Sleeper[]): Promise<void> {
    // Whoever it was set for is woken, also where it goes off early.
    let now = Math.max(Date.now(), this.#setTo ?? 0);
    this.#setTo = null;
    this.#recalled = null;
    this.#isRinging = true;
    const working = new Map<Sleeper, Promise<void>>();
    const failures: unknown[] = [];
    for (;;) {
      const due = sleepers.filter((one) => !working.has(one) && one.alarm.isDue(now));
      // All before the first begins to work: it is not to hear of a moment of another's that has come too.
      for (const { alarm } of due) alarm.begin();
      for (const sleeper of due) {
        const turn = sleeper
          .wake()
          .then(() => sleeper.alarm.end(null))
          .catch((error: unknown) => {
            failures.push(error);
            sleeper.alarm.end(Date.now() + limits.retryDelayMsMax);
          })
          .then(() => void working.delete(sleeper));
        working.set(sleeper, turn);
      }
      if (working.size === 0) break;
      const wished = new Promise<void>((resolve) => {
        this.#onWish = resolve;
      });
      const waiting = sleepers.filter((sleeper) => !working.has(sleeper));
      const next = earliest(waiting.map(({ alarm }) => alarm.moment));
      await firstOf([...working.values(), wished], next);
      now = Date.now();
    }
    this.#isRinging = false;
    await this.#set();
    if (failures.length > 0) throw failures[0];
  }

  async #set(): Promise<void> {
    this.#onWish();
    const moments = this.#wishes.map(({ moment }) => moment);
    const isAllSaid = !moments.includes(undefined);
    // The platform lets an alarm whose work was broken off go off again, unless another was set meanwhile.
    if (this.#isRinging && !isAllSaid) return;
    const at = earliest(isAllSaid ? moments : [...moments, this.#recalled]);
    if (at === this.#setTo) return;
    // At once, so that a call which comes while this waits sees it.
    this.#setTo = at;
    try {
      await (at === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(at));
    } catch (error) {
      this.#setTo = undefined;
      throw error;
    }
  }
}

/** When somebody wants to be woken, in ms; null for never, undefined while that has not been said. */
export class AlarmWish {
  readonly #alarm: { set(): Promise<void>; recalled(): number | null };
  #moment: number | null | undefined;
  #isAtWork = false;
  /** What was wished for while the work had not spoken: an upper bound of what it will say. */
  #noted: number | null = null;

  constructor(alarm: { set(): Promise<void>; recalled(): number | null }) {
    this.#alarm = alarm;
  }

  get moment(): number | null | undefined {
    return this.#moment;
  }

  isDue(now: number): boolean {
    return this.#moment === undefined || (this.#moment !== null && this.#moment <= now);
  }

  /** Says that there is nothing to wake for, where none can have been set before. */
  forget(): void {
    this.#moment = null;
  }

  /** The waking has come, and what is wanted next is not said. */
  begin(): void {
    this.#moment = undefined;
    this.#isAtWork = true;
    this.#noted = null;
  }

  /** The work is over: whoever has said nothing by now wants this, or what was wished for meanwhile. */
  end(otherwise: number | null): void {
    if (this.#moment === undefined) this.#moment = earliest([this.#noted, otherwise]);
    this.#isAtWork = false;
  }

  /** The last word of who works: wakes at this moment (ms), or earlier where that was wished for meanwhile. */
  async sleepUntil(at: number | null): Promise<void> {
    const meanwhile = this.#moment === undefined ? this.#noted : this.#moment;
    await this.wakeAt(earliest([meanwhile, at]));
  }

  /** Makes good an alarm that was lost: the platform gives one up after six failures. */
  async resume(): Promise<void> {
    if (this.#alarm.recalled() === null) await this.wakeBy(Date.now());
  }

  /** Wakes at this moment (ms) and at no other, or never. */
  async wakeAt(at: number | null): Promise<void> {
    this.#moment = at;
    await this.#alarm.set();
  }

  /**
   * Wakes at this moment (ms), unless an earlier one is wished for, or may have been before the object slept. It is no word of work that goes on:
   * broken off, that is to be done again as soon as the platform does.
   */
  async wakeBy(at: number): Promise<void> {
    if (this.#moment === undefined && this.#isAtWork) {
      this.#noted = earliest([this.#noted, at]);
      return;
    }
    const before = this.#moment === undefined ? this.#alarm.recalled() : this.#moment;
    await this.wakeAt(earliest([before, at]));
  }
}

function earliest(moments: readonly (number | null | undefined)[]): number | null {
  const known = moments.filter((moment) => typeof moment === "number");
  return known.length === 0 ? null : Math.min(...known);
}

/** Waits for the first of these, or for this moment (ms). */
async function firstOf(turns: readonly Promise<void>[], moment: number | null): Promise<void> {
  if (moment === null) return Promise.race(turns);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reached = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, moment - Date.now());
  });
  await Promise.race([...turns, reached]);
  clearTimeout(timer);
}

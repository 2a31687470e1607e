import { invariant } from "../src/invariant.ts";

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
 */
export class ObjectAlarm {
  readonly #storage: AlarmStorage;
  readonly #wishes: AlarmWish[] = [];
  /** The moment that it is set to, in ms; undefined where that is not known. */
  #setTo: number | null | undefined = null;

  constructor(storage: AlarmStorage) {
    this.#storage = storage;
  }

  /** Somebody's say in it. Until the first word it is not known what was wished for before the object slept. */
  newWish(): AlarmWish {
    const wish = new AlarmWish({ set: () => this.#set(), setTo: () => this.#setTo ?? null });
    this.#wishes.push(wish);
    return wish;
  }

  /** Looks what it was set to before the object slept: until everybody has spoken it is not set later than that. */
  async recall(): Promise<void> {
    this.#setTo = await this.#storage.getAlarm();
  }

  /** It has gone off: lets everybody work whose moment has come. Who works long holds up nobody whose moment comes meanwhile. */
  async goOff(sleepers: readonly Sleeper[]): Promise<void> {
    // Whoever it was set for is woken, also where it goes off early.
    let now = Math.max(Date.now(), this.#setTo ?? 0);
    this.#setTo = null;
    const working = new Map<Sleeper, Promise<void>>();
    const failures: unknown[] = [];
    for (;;) {
      for (const sleeper of sleepers) {
        if (working.has(sleeper) || !sleeper.alarm.isDue(now)) continue;
        sleeper.alarm.forget();
        const turn = sleeper
          .wake()
          .catch((error: unknown) => void failures.push(error))
          .then(() => void working.delete(sleeper));
        working.set(sleeper, turn);
      }
      if (working.size === 0) break;
      const waiting = sleepers.filter((sleeper) => !working.has(sleeper));
      await firstOf([...working.values()], earliest(waiting.map(({ alarm }) => alarm.moment)));
      now = Date.now();
    }
    await this.#set();
    if (failures.length > 0) throw failures[0];
  }

  async #set(): Promise<void> {
    const moments = this.#wishes.map(({ moment }) => moment);
    const isAllSaid = !moments.includes(undefined);
    const at = earliest(isAllSaid ? moments : [...moments, this.#setTo]);
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

/** When somebody wants to be woken, in ms; null for never, undefined where this instance was not told yet. */
export class AlarmWish {
  readonly #alarm: { set(): Promise<void>; setTo(): number | null };
  #moment: number | null | undefined;

  constructor(alarm: { set(): Promise<void>; setTo(): number | null }) {
    this.#alarm = alarm;
  }

  get moment(): number | null | undefined {
    return this.#moment;
  }

  isDue(now: number): boolean {
    return this.#moment === undefined || (this.#moment !== null && this.#moment <= now);
  }

  /** There is nothing to wake for, or the waking has come. What the alarm is set to stays for now. */
  forget(): void {
    this.#moment = null;
  }

  /** Makes good an alarm that was lost: the platform gives one up after six failures. */
  async resume(): Promise<void> {
    if (this.#alarm.setTo() === null) await this.wakeAt(Date.now());
  }

  /** Wakes at this moment (ms) and at no other, or never. */
  async wakeAt(at: number | null): Promise<void> {
    this.#moment = at;
    await this.#alarm.set();
  }

  /** Wakes at this moment (ms), unless an earlier one is wished for, or may have been before the object slept. */
  async wakeBy(at: number): Promise<void> {
    const before = this.#moment === undefined ? this.#alarm.setTo() : this.#moment;
    await this.wakeAt(before === null ? at : Math.min(before, at));
  }
}

function earliest(moments: readonly (number | null | undefined)[]): number | null {
  const known = moments.filter((moment) => typeof moment === "number");
  return known.length === 0 ? null : Math.min(...known);
}

/** Waits for the first of these, or for this moment (ms). */
async function firstOf(turns: readonly Promise<void>[], moment: number | null): Promise<void> {
  invariant(turns.length > 0, "somebody is waited for");
  if (moment === null) return Promise.race(turns);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reached = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, moment - Date.now());
  });
  await Promise.race([...turns, reached]);
  clearTimeout(timer);
}

/** The time of a simulation, in ms, and what waits for some of it to pass. Nothing here takes real time. */
export class VirtualClock {
  now: number;
  #waiting: (() => void)[] = [];

  constructor(now: number) {
    this.now = now;
  }

  /** Takes the place of the platform's clock and timers; gives what puts those back. */
  install(): () => void {
    const { setTimeout, clearTimeout } = globalThis;
    const { now } = Date;
    Date.now = () => this.now;
    Object.assign(globalThis, {
      setTimeout: (run: () => void) => this.#waiting.push(run),
      clearTimeout: () => {},
    });
    return () => {
      Date.now = now;
      Object.assign(globalThis, { setTimeout, clearTimeout });
    };
  }

  /** Runs what waits, as if its time had come; the clock stands still meanwhile. */
  runTimers(): void {
    while (this.#waiting.length > 0) for (const run of this.#waiting.splice(0)) run();
  }

  /** Forgets what waits: the object that it belonged to is gone. */
  dropTimers(): void {
    this.#waiting = [];
  }
}

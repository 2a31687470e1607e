import type { ApiResults, ResultsDelta } from "../contract.ts";
import { mergeDelta, mergeState, type HeldResults, type Merged } from "./merge-results.ts";
import { reconnectDelayMs } from "./reconnect-delay.ts";
import { localClock, readServerClock, type ServerClock } from "./server-clock.ts";

/** `stalled`: the server has been silent for too long. Times are local time in ms. */
export type LiveConnection =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "stalled"; since: number }
  | { kind: "waiting"; since: number; until: number }
  | { kind: "final" };

/** The part of an EventSource that is used. */
export interface EventStream {
  addEventListener: (type: string, listen: (event: { data: string }) => void) => void;
  close: () => void;
}

export interface LivePorts {
  /** Reads the whole result; throws when it can't. */
  readResults: () => Promise<ApiResults>;
  /** Server-sent events that follow a version. */
  openStream: (since: number) => EventStream;
  /** Local time in ms. */
  now: () => number;
  /** In [0, 1). */
  random: () => number;
  setTimer: (act: () => void, ms: number) => number;
  clearTimer: (timer: number) => void;
}

export interface LiveListener {
  onResults: (results: HeldResults, clock: ServerClock) => void;
  onConnection: (connection: LiveConnection) => void;
}

/**
 * The server tells something every two seconds (`streamAliveMs` of its limits). A stream that has
 * been silent for almost two of them stands still: a reader is told within five seconds.
 */
export const silenceMs = 3_800;

/**
 * Follows one decision's result until it is final. It keeps the newest version only, reconnects by
 * itself from the version it holds, and asks for the whole result where a delta does not fit on it.
 *
 * An EventSource would reconnect alone, but at a fixed pace and not at all after an HTTP error; so
 * each stream is closed at its first error and a new one opened with `since`, which says the same as
 * Last-Event-ID.
 */
export class LiveResults {
  readonly #ports: LivePorts;
  readonly #listener: LiveListener;
  #held: HeldResults | null;
  #clock = localClock;
  #stream: EventStream | null = null;
  #timer: number | null = null;
  #attempt = 0;
  #isStopped = false;
  #connection: LiveConnection["kind"] | null = null;
  /** When the server was last heard of. */
  #heardAt: number;

  /** `held` is what is shown already: nothing older is taken. */
  constructor(ports: LivePorts, listener: LiveListener, held: HeldResults | null = null) {
    this.#ports = ports;
    this.#listener = listener;
    this.#held = held;
    this.#heardAt = ports.now();
  }

  /**
   * Reads the result once and follows it from there. Throws when the first reading fails: there is
   * nothing to show yet.
   */
  async start(): Promise<void> {
    this.#tell({ kind: "connecting" });
    await this.#readWhole();
    this.#follow();
  }

  /** Goes on as after a lost connection, where the first reading failed and there is a result shown. */
  recover(): void {
    this.#waitAndReconnect();
  }

  stop(): void {
    this.#isStopped = true;
    this.#hangUp();
  }

  /**
   * Ends the wait for the next try, for the moment when a device comes back online or a page into
   * view.
   */
  hurry(): void {
    if (this.#stream === null && this.#timer !== null) this.#reconnect();
  }

  async #readWhole(): Promise<void> {
    const requestedAt = this.#ports.now();
    const { age_ms, ...state } = await this.#ports.readResults();
    this.#clock = readServerClock({ as_of: state.as_of, age_ms }, requestedAt);
    this.#heardAt = this.#ports.now();
    this.#take(mergeState(this.#held, state));
  }

  #follow(): void {
    if (this.#isStopped) return;
    this.#hangUp();
    if (this.#held?.final === true) {
      this.#tell({ kind: "final" });
      return;
    }
    const stream = this.#ports.openStream(this.#held?.version ?? 0);
    this.#stream = stream;
    const listen = (type: string, act: (data: string) => void): void =>
      stream.addEventListener(type, ({ data }) => {
        if (this.#stream === stream) act(data);
      });
    listen("open", () => this.#hearAlive());
    listen("alive", () => this.#hearAlive());
    listen("state", (data) => this.#hear(mergeState(this.#held, JSON.parse(data) as HeldResults)));
    listen("delta", (data) => this.#hear(this.#merge(JSON.parse(data) as ResultsDelta)));
    listen("error", () => this.#waitAndReconnect());
    this.#watchSilence();
  }

  #merge(delta: ResultsDelta): Merged {
    return this.#held === null ? { kind: "gap" } : mergeDelta(this.#held, delta);
  }

  #hearAlive(): void {
    this.#heardAt = this.#ports.now();
    this.#attempt = 0;
    this.#tell({ kind: "live" });
    this.#watchSilence();
  }

  #hear(merged: Merged): void {
    this.#hearAlive();
    this.#take(merged);
    if (merged.kind === "gap") this.#reconnect();
    else if (this.#held?.final === true) this.#follow();
  }

  #take(merged: Merged): void {
    if (this.#isStopped) return;
    if (merged.kind === "newer") this.#held = merged.results;
    if (this.#held !== null) this.#listener.onResults(this.#held, this.#clock);
  }

  #tell(connection: LiveConnection): void {
    const isNews = connection.kind !== this.#connection || connection.kind === "waiting";
    this.#connection = connection.kind;
    if (isNews) this.#listener.onConnection(connection);
  }

  #watchSilence(): void {
    this.#setTimer(() => void this.#checkStream(), silenceMs);
  }

  /** A stream that kept from us what a plain reading knows is dead, whatever its socket says. */
  async #checkStream(): Promise<void> {
    const stream = this.#stream;
    const version = this.#held?.version;
    this.#tell({ kind: "stalled", since: this.#heardAt });
    try {
      await this.#readWhole();
    } catch {
      // A result that can't be read is shown as a lost connection, and tried again as one.
      if (this.#stream === stream && this.#timer === null) this.#waitAndReconnect();
      return;
    }
    // The stream may have been heard of meanwhile, which set the timer again.
    if (this.#stream !== stream || this.#isStopped || this.#timer !== null) return;
    if (this.#held?.version === version && this.#held?.final !== true) this.#hearAlive();
    else this.#follow();
  }

  #waitAndReconnect(): void {
    this.#hangUp();
    if (this.#isStopped) return;
    const delay = reconnectDelayMs(this.#attempt, this.#ports.random);
    this.#attempt += 1;
    const until = this.#ports.now() + delay;
    this.#tell({ kind: "waiting", since: this.#heardAt, until });
    this.#setTimer(() => this.#reconnect(), delay);
  }

  /**
   * Reads the whole result before following again: it says whether the server answers at all, and
   * how late this device's clock is.
   */
  #reconnect(): void {
    this.#hangUp();
    const isSilent = this.#ports.now() - this.#heardAt >= silenceMs;
    this.#tell(isSilent ? { kind: "stalled", since: this.#heardAt } : { kind: "connecting" });
    this.#readWhole().then(
      () => this.#follow(),
      () => this.#waitAndReconnect(),
    );
  }

  #hangUp(): void {
    this.#stream?.close();
    this.#stream = null;
    if (this.#timer !== null) this.#ports.clearTimer(this.#timer);
    this.#timer = null;
  }

  #setTimer(act: () => void, ms: number): void {
    if (this.#timer !== null) this.#ports.clearTimer(this.#timer);
    this.#timer = this.#ports.setTimer(() => {
      this.#timer = null;
      act();
    }, ms);
  }
}

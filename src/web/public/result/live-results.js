import { mergeDelta, mergeState } from "./merge-results.js";
import { localClock, readServerClock } from "./server-clock.js";
import { reconnectDelayMs } from "./reconnect-delay.js";

/**
 * @import { ApiResults } from "../../contract.ts"
 * @import { HeldResults, Merged } from "./merge-results.js"
 * @import { ServerClock } from "./server-clock.js"
 *
 * @typedef {{ kind: "connecting" } | { kind: "live" } | { kind: "waiting", until: number } | {
 *   kind: "final" }} Connection `until` is local time in ms.
 *
 * @typedef {object} EventStream The part of an EventSource that is used.
 * @property {(type: string, listen: (event: { data: string }) => void) => void} addEventListener
 * @property {() => void} close
 *
 * @typedef {object} LivePorts
 * @property {() => Promise<ApiResults>} readResults reads the whole result; throws when it can't
 * @property {(since: number) => EventStream} openStream server-sent events that follow a version
 * @property {() => number} now local time in ms
 * @property {() => number} random in [0, 1)
 * @property {(act: () => void, ms: number) => number} setTimer
 * @property {(timer: number) => void} clearTimer
 *
 * @typedef {object} LiveListener
 * @property {(results: HeldResults, clock: ServerClock) => void} onResults
 * @property {(connection: Connection) => void} onConnection
 */

/**
 * A stream silent for this long is checked by asking for the result: nobody may have voted, or the
 * line may be dead.
 */
export const silenceMs = 30_000;

/**
 * Follows one decision's result until it is final. It keeps the newest version only, reconnects by
 * itself from the version it holds, and asks for the whole result where a delta does not fit on it.
 *
 * An EventSource would reconnect alone, but at a fixed pace and not at all after an HTTP error; so
 * each stream is closed at its first error and a new one opened with `since`, which says the same
 * as Last-Event-ID.
 */
export class LiveResults {
  /** @type {HeldResults | null} */
  #held = null;
  #clock = localClock;
  /** @type {EventStream | null} */
  #stream = null;
  /** @type {number | null} */
  #timer = null;
  #attempt = 0;
  #isStopped = false;

  /**
   * @param {LivePorts} ports
   * @param {LiveListener} listener
   */
  constructor(ports, listener) {
    this.#ports = ports;
    this.#listener = listener;
  }

  /** @type {LivePorts} */ #ports;
  /** @type {LiveListener} */ #listener;

  /**
   * Reads the result once and follows it from there. Throws when the first reading fails: there is
   * nothing to show yet.
   */
  async start() {
    this.#listener.onConnection({ kind: "connecting" });
    await this.#readWhole();
    this.#follow();
  }

  stop() {
    this.#isStopped = true;
    this.#hangUp();
  }

  /**
   * Ends the wait for the next try, for the moment when a device comes back online or a page into
   * view.
   */
  hurry() {
    if (this.#stream === null && this.#timer !== null) this.#reconnect();
  }

  async #readWhole() {
    const requestedAt = this.#ports.now();
    const { age_ms, ...state } = await this.#ports.readResults();
    this.#clock = readServerClock({ as_of: state.as_of, age_ms }, requestedAt);
    this.#take(mergeState(this.#held, state));
  }

  #follow() {
    if (this.#isStopped) return;
    if (this.#held?.final === true) {
      this.#hangUp();
      this.#listener.onConnection({ kind: "final" });
      return;
    }
    this.#hangUp();
    const stream = this.#ports.openStream(this.#held?.version ?? 0);
    this.#stream = stream;
    /** @param {() => void} act */
    const whileCurrent = (act) => {
      if (this.#stream === stream) act();
    };
    stream.addEventListener("open", () =>
      whileCurrent(() => this.#listener.onConnection({ kind: "live" })),
    );
    stream.addEventListener("state", (event) =>
      whileCurrent(() => this.#hear(mergeState(this.#held, JSON.parse(event.data)))),
    );
    stream.addEventListener("delta", (event) =>
      whileCurrent(() => this.#hear(this.#mergeDelta(event.data))),
    );
    stream.addEventListener("error", () => whileCurrent(() => this.#waitAndReconnect()));
    this.#watchSilence();
  }

  /** @param {string} text */
  #mergeDelta(text) {
    return this.#held === null
      ? /** @type {const} */ ({ kind: "gap" })
      : mergeDelta(this.#held, JSON.parse(text));
  }

  /** @param {Merged} merged */
  #hear(merged) {
    this.#attempt = 0;
    this.#take(merged);
    if (merged.kind === "gap") this.#reconnect();
    else if (this.#held?.final === true) this.#follow();
    else this.#watchSilence();
  }

  /** @param {Merged} merged */
  #take(merged) {
    if (this.#isStopped) return;
    if (merged.kind === "newer") this.#held = merged.results;
    if (this.#held !== null) this.#listener.onResults(this.#held, this.#clock);
  }

  #watchSilence() {
    this.#setTimer(() => void this.#checkStream(), silenceMs);
  }

  /** A stream that kept from us what a plain reading knows is dead, whatever its socket says. */
  async #checkStream() {
    const stream = this.#stream;
    const version = this.#held?.version;
    try {
      await this.#readWhole();
    } catch {
      // A result that can't be read is shown as a lost connection, and tried again as one.
      if (this.#stream === stream) this.#waitAndReconnect();
      return;
    }
    if (this.#stream !== stream || this.#isStopped) return;
    this.#attempt = 0;
    if (this.#held?.version === version && this.#held?.final !== true) this.#watchSilence();
    else this.#follow();
  }

  #waitAndReconnect() {
    this.#hangUp();
    if (this.#isStopped) return;
    const delay = reconnectDelayMs(this.#attempt, this.#ports.random);
    this.#attempt += 1;
    this.#listener.onConnection({ kind: "waiting", until: this.#ports.now() + delay });
    this.#setTimer(() => this.#reconnect(), delay);
  }

  /**
   * Reads the whole result before following again: it says whether the server answers at all, and
   * how late this device's clock is.
   */
  #reconnect() {
    this.#hangUp();
    this.#listener.onConnection({ kind: "connecting" });
    this.#readWhole().then(
      () => this.#follow(),
      () => this.#waitAndReconnect(),
    );
  }

  #hangUp() {
    this.#stream?.close();
    this.#stream = null;
    if (this.#timer !== null) this.#ports.clearTimer(this.#timer);
    this.#timer = null;
  }

  /**
   * @param {() => void} act
   * @param {number} ms
   */
  #setTimer(act, ms) {
    if (this.#timer !== null) this.#ports.clearTimer(this.#timer);
    this.#timer = this.#ports.setTimer(() => {
      this.#timer = null;
      act();
    }, ms);
  }
}

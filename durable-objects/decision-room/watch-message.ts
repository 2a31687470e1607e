import { limits } from "../../src/shared/limits.ts";
import { AgedJson } from "../../src/results/aged-json.ts";
import type { ResultDelta } from "../../src/results/delta.ts";
import { viewDelta, viewResult } from "../../src/results/result-json.ts";
import type { ShownResult } from "../../src/results/shown-result.ts";

const encoder = new TextEncoder();

type Made<Form> = { form: Form; at: number };

/**
 * One message to watchers. It is serialised once, however many get it and whenever: only its age is
 * put in anew, and whoever gets it within a broadcast's delay shares one text.
 */
export class WatchMessage {
  readonly type: "state" | "delta";
  /** What the watcher knows once it has the message. */
  readonly version: number;
  readonly asOf: number;
  readonly #view: () => object;
  #json: AgedJson | null = null;
  #text: Made<string> | null = null;
  #event: Made<Uint8Array> | null = null;

  constructor(type: "state" | "delta", { version, asOf }: ShownResult, view: () => object) {
    this.type = type;
    this.version = version;
    this.asOf = asOf;
    this.#view = view;
  }

  /** The message of a socket at `now` (ms). */
  text(now: number): string {
    this.#text = renew(this.#text, now, () => `{"type":"${this.type}",${this.#body(now).slice(1)}`);
    return this.#text.form;
  }

  /** The server-sent event at `now` (ms): the same bytes for all who ask at about that time. */
  event(now: number): Uint8Array {
    this.#event = renew(this.#event, now, () =>
      encoder.encode(`event: ${this.type}\nid: ${this.version}\ndata: ${this.#body(now)}\n\n`),
    );
    return this.#event.form;
  }

  #body(now: number): string {
    this.#json ??= new AgedJson(this.#view(), this.asOf);
    return this.#json.at(now);
  }
}

/** The whole of what may be shown, as a message. */
export function stateMessage(result: ShownResult): WatchMessage {
  return new WatchMessage("state", result, () => viewResult(result, result.asOf));
}

/** A change of what may be shown, as a message. */
export function deltaMessage(delta: ResultDelta): WatchMessage {
  return new WatchMessage("delta", delta, () => viewDelta(delta, delta.asOf));
}

function renew<Form>(made: Made<Form> | null, now: number, make: () => Form): Made<Form> {
  const isFresh = made !== null && Math.abs(now - made.at) < limits.broadcastDelayMs;
  return isFresh ? made : { form: make(), at: now };
}

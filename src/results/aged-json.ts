import { invariant } from "../shared/invariant.ts";

/** How JSON writes the age of what is seen at its own `asOf`. */
const newborn = '"age_ms":0,';

/** JSON that says its own age, and is written once: only the age is put in anew. */
export class AgedJson {
  readonly #asOf: number;
  readonly #before: string;
  readonly #after: string;

  /** @param view what is seen at `asOf` (ms), with its `age_ms` before any text of somebody's own */
  constructor(view: object, asOf: number) {
    const json = JSON.stringify(view);
    const at = json.indexOf(newborn);
    invariant(at !== -1, "a view says its age");
    this.#asOf = asOf;
    this.#before = json.slice(0, at);
    this.#after = json.slice(at + newborn.length);
  }

  get characters(): number {
    return this.#before.length + newborn.length + this.#after.length;
  }

  /** The text at `now` (ms). */
  at(now: number): string {
    return `${this.#before}"age_ms":${Math.max(0, now - this.#asOf)},${this.#after}`;
  }
}

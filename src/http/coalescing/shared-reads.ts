import { BoundedMap } from "../../shared/bounded-map.ts";
import { limits } from "../../shared/limits.ts";

export interface SharedRead<Value> {
  value: Value;
  /** The newer version that the reader shows and keeps; null where the value is for it. */
  newerSeen: number | null;
}

/** What is shared: values whose version only grows. */
export interface SharedSubject<Value> {
  entriesMax: number;
  /** How much of the isolate's memory a value takes. */
  bytesOf: (value: Value) => number;
  /** Whether no newer version can follow. */
  isLast: (value: Value) => boolean;
  /** Whether the last version is kept for good. */
  keepsLast: boolean;
  now: () => number;
}

/**
 * One read serves all readers of this isolate for a second. Values are shared, never promises: in
 * a Worker one request must not wait for another's.
 *
 * A reader that shows a newer version never gets the shared one, so that no result goes back. It
 * gets a read of its own, which begins after it saw that version and so finds nothing older. But
 * anybody can invent a version, and each read is a call to the one room: all such readers together
 * get one in a while, and are told to keep what they show in between. Nothing is newer than the
 * last version.
 */
export class SharedReads<Value extends { version: number }> {
  readonly #subject: SharedSubject<Value>;
  readonly #known: BoundedMap<string, { value: Value; readAt: number }>;
  /** When a reader that showed a newer version last got a read of its own. */
  readonly #aheadAt: BoundedMap<string, number>;

  constructor(subject: SharedSubject<Value>) {
    this.#subject = subject;
    this.#known = new BoundedMap(subject.entriesMax, {
      bytesMax: limits.isolateKindBytesMax,
      bytesOf: ({ value }) => subject.bytesOf(value),
    });
    this.#aheadAt = new BoundedMap(subject.entriesMax);
  }

  /** What `load` finds, now or in the last second, given what it found last; null for nothing. */
  async read(
    decisionId: string,
    seenVersion: number | null,
    load: (last: Value | null) => Promise<Value | null>,
  ): Promise<SharedRead<Value> | null> {
    const fresh = this.find(decisionId);
    if (fresh !== null) {
      const isAhead = seenVersion !== null && seenVersion > fresh.version;
      if (!isAhead || this.#subject.isLast(fresh)) return { value: fresh, newerSeen: null };
      if (!this.#mayReadAhead(decisionId)) return { value: fresh, newerSeen: seenVersion };
    }
    const value = await load(this.#known.get(decisionId)?.value ?? null);
    if (value === null) return null;
    return { value: this.keep(decisionId, value), newerSeen: null };
  }

  /** What is shared now; null where it has to be read. For readers that show no newer version. */
  find(decisionId: string): Value | null {
    const known = this.#known.get(decisionId);
    return known !== undefined && this.#isFresh(known) ? known.value : null;
  }

  /** Shares what was just read, and gives the newest that is known. */
  keep(decisionId: string, value: Value): Value {
    const newest = this.#known.get(decisionId);
    // Two reads may come back in another order than they began.
    if (newest !== undefined && newest.value.version > value.version) return newest.value;
    this.#known.set(decisionId, { value, readAt: this.#subject.now() });
    return value;
  }

  #isFresh({ value, readAt }: { value: Value; readAt: number }): boolean {
    const { keepsLast, isLast, now } = this.#subject;
    return now() - readAt < limits.sharedReadMs || (keepsLast && isLast(value));
  }

  #mayReadAhead(decisionId: string): boolean {
    const now = this.#subject.now();
    const aheadAt = this.#aheadAt.get(decisionId);
    if (aheadAt !== undefined && now - aheadAt < limits.sharedAheadMs) return false;
    this.#aheadAt.set(decisionId, now);
    return true;
  }
}

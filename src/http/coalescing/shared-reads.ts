import { BoundedMap } from "../../shared/bounded-map.ts";
import { limits } from "../../shared/limits.ts";

/** `newerSeen`: a version newer than the value that the reader shows, and is to go on showing; null where the value is for it. */
export type SharedRead<Value> = { value: Value; newerSeen: number | null };

/** What is shared: values with a version that only grows, how to tell the last one, and whether that is kept for good. */
export type SharedSubject<Value> = {
  entriesMax: number;
  isLast: (value: Value) => boolean;
  keepsLast: boolean;
  now: () => number;
};

/**
 * One look serves all readers of this isolate for a second. Values are shared, never promises: in a Worker one request must not wait for
 * another's.
 *
 * A reader that shows a newer version is never given the shared one, so it never sees a result go back. It gets a look of its own, which begins
 * after it saw that version and so finds nothing older. But anybody can make a version up, and each look is a call to the one room: all such
 * readers together get one in a while, and in between they are told to go on with what they show. Nobody is ahead of the last version.
 */
export class SharedReads<Value extends { version: number }> {
  readonly #subject: SharedSubject<Value>;
  readonly #known: BoundedMap<string, { value: Value; readAt: number }>;
  /** When a reader that showed a newer version last got a look of its own. */
  readonly #aheadAt: BoundedMap<string, number>;

  constructor(subject: SharedSubject<Value>) {
    this.#subject = subject;
    this.#known = new BoundedMap(subject.entriesMax);
    this.#aheadAt = new BoundedMap(subject.entriesMax);
  }

  /** What `look` finds, now or within the last second; null where it finds nothing. It is given what was found last. */
  async read(
    decisionId: string,
    seenVersion: number | null,
    look: (last: Value | null) => Promise<Value | null>,
  ): Promise<SharedRead<Value> | null> {
    const known = this.#known.get(decisionId);
    if (known !== undefined && this.#isGood(known)) {
      const { value } = known;
      const isAhead = seenVersion !== null && seenVersion > value.version;
      if (!isAhead || this.#subject.isLast(value)) return { value, newerSeen: null };
      if (!this.#mayLook(decisionId)) return { value, newerSeen: seenVersion };
    }
    const value = await look(known?.value ?? null);
    if (value === null) return null;
    const newest = this.#known.get(decisionId);
    // Two reads may come back in the other order than they went out.
    if (newest !== undefined && newest.value.version > value.version)
      return { value: newest.value, newerSeen: null };
    this.#known.set(decisionId, { value, readAt: this.#subject.now() });
    return { value, newerSeen: null };
  }

  #isGood({ value, readAt }: { value: Value; readAt: number }): boolean {
    const { keepsLast, isLast, now } = this.#subject;
    return now() - readAt < limits.sharedReadMs || (keepsLast && isLast(value));
  }

  #mayLook(decisionId: string): boolean {
    const now = this.#subject.now();
    const aheadAt = this.#aheadAt.get(decisionId);
    if (aheadAt !== undefined && now - aheadAt < limits.sharedAheadMs) return false;
    this.#aheadAt.set(decisionId, now);
    return true;
  }
}

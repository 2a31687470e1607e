/** How many bytes the values of a map may have together. */
export interface ByteBound<Value> {
  bytesMax: number;
  bytesOf: (value: Value) => number;
}

/**
 * A map that forgets what was set longest ago once it is full: a cache's memory with a limit. What
 * was set last is kept, whatever its bytes.
 */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #max: number;
  readonly #bound: ByteBound<Value> | null;
  /** The bytes of each value, where they are counted. */
  readonly #bytes = new Map<Key, number>();
  #bytesHeld = 0;

  constructor(max: number, bound: ByteBound<Value> | null = null) {
    this.#max = max;
    this.#bound = bound;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  values(): MapIterator<Value> {
    return this.#entries.values();
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#bound !== null) return this.#setBytes(this.#bound, key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#max && oldest !== undefined) this.#entries.delete(oldest);
  }

  #setBytes({ bytesMax, bytesOf }: ByteBound<Value>, key: Key, value: Value): void {
    const bytes = bytesOf(value);
    this.#bytesHeld += bytes - (this.#bytes.get(key) ?? 0);
    this.#bytes.set(key, bytes);
    for (const oldest of this.#entries.keys()) {
      const isFull = this.#bytesHeld > bytesMax || this.#entries.size > this.#max;
      if (!isFull || oldest === key) return;
      this.#entries.delete(oldest);
      this.#bytesHeld -= this.#bytes.get(oldest) ?? 0;
      this.#bytes.delete(oldest);
    }
  }
}

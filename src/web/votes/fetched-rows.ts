import type { RowSource, VoteRow } from "./row-source.ts";

/** What a source fetches until the row that is wanted is there. */
export interface RowFetcher {
  size: number;
  find(index: number): VoteRow | null;
  /** Brings the row of an index, or comes nearer to it. */
  fetch(index: number): Promise<void>;
}

/** Rows that come when they are in view: one fetch at a time, always for what is in view by then. */
export class FetchedRows implements RowSource {
  readonly size: number;
  revision = 0;
  failure: Error | null = null;
  readonly #fetcher: RowFetcher;
  readonly #listeners = new Set<() => void>();
  #wanted = { from: 0, to: 0 };
  #isFetching = false;

  constructor(fetcher: RowFetcher) {
    this.#fetcher = fetcher;
    this.size = fetcher.size;
  }

  row(index: number): VoteRow | null {
    return this.#fetcher.find(index);
  }

  want(from: number, to: number): void {
    this.#wanted = { from: Math.max(0, from), to: Math.min(this.size, to) };
    if (this.failure === null) void this.#run();
  }

  retry(): void {
    this.failure = null;
    this.#changed();
    void this.#run();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #run(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      for (let index = this.#missing(); index !== null; index = this.#missing()) {
        await this.#fetcher.fetch(index);
        this.#changed();
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.#changed();
    } finally {
      this.#isFetching = false;
    }
  }

  #missing(): number | null {
    for (let index = this.#wanted.from; index < this.#wanted.to; index += 1)
      if (this.#fetcher.find(index) === null) return index;
    return null;
  }

  #changed(): void {
    this.revision += 1;
    for (const listener of this.#listeners) listener();
  }
}

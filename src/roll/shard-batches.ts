import { shardOf } from "../decision/shard-map.ts";
import type { RollEntry } from "../decision/roll.ts";
import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";

/**
 * Loads rows into the table of this import in one shard, `rows` being a JSON array of [pid, region,
 * weight]. Gives the offsets of the rows whose pid was there already; what it took is durable. A
 * repeat of a call would report all its rows as duplicates, so none is repeated.
 */
export type LoadRows = (shard: number, rows: string) => Promise<readonly number[]>;

/**
 * Gathers voters by their shards and sends full batches, one call a shard at a time: so the first
 * row of a voter is the one that is loaded.
 */
export class ShardBatches {
  readonly #load: LoadRows;
  readonly #onDuplicate: (line: number) => void;
  readonly #shards: readonly {
    rows: string[];
    lines: number[];
    loaded: number;
    call: Promise<void>;
  }[];
  readonly #rowsMax: number;
  readonly #regionTexts = new Map<string, string>();
  #failure: { error: unknown } | null = null;

  constructor(shards: number, load: LoadRows, onDuplicate: (line: number) => void) {
    this.#load = load;
    this.#onDuplicate = onDuplicate;
    this.#rowsMax = Math.max(
      Math.floor(limits.rollBufferedRowsMax / shards),
      limits.rollBatchRowsMin,
    );
    this.#shards = Array.from({ length: shards }, () => ({
      rows: [],
      lines: [],
      loaded: 0,
      call: Promise.resolve(),
    }));
  }

  /** Rows that each shard has taken, once `finish` has returned. */
  get loaded(): readonly number[] {
    return this.#shards.map((shard) => shard.loaded);
  }

  add(pid: string, { region, weight }: RollEntry, line: number): void {
    const shard = this.#shards[shardOf(pid, this.#shards.length)];
    invariant(shard !== undefined, "a shard of the map has its batch");
    const regionText = this.#regionTexts.get(region) ?? JSON.stringify(region);
    this.#regionTexts.set(region, regionText);
    shard.rows.push(`["${pid}",${regionText},${weight}]`);
    shard.lines.push(line);
  }

  /**
   * Sends what is full. It waits for the shards that are still at work on their last batch: that is
   * what holds the reading back.
   */
  async sendFull(): Promise<void> {
    await this.#send(this.#rowsMax);
  }

  /** Sends what is left; every row is durable when it returns. */
  async finish(): Promise<void> {
    await this.#send(1);
    await Promise.all(this.#shards.map((shard) => shard.call));
    this.#throwFailure();
  }

  async #send(rowsMin: number): Promise<void> {
    for (const [index, shard] of this.#shards.entries()) {
      if (shard.rows.length < rowsMin) continue;
      await shard.call;
      this.#throwFailure();
      const { rows, lines } = shard;
      shard.rows = [];
      shard.lines = [];
      shard.call = this.#loadBatch(index, rows, lines);
    }
  }

  /** Never throws: the failure of a call is thrown by whoever waits for it next. */
  async #loadBatch(index: number, rows: string[], lines: number[]): Promise<void> {
    try {
      const duplicates = await this.#load(index, `[${rows.join(",")}]`);
      for (const offset of duplicates) this.#onDuplicate(lines[offset] ?? 0);
      const shard = this.#shards[index];
      if (shard !== undefined) shard.loaded += rows.length - duplicates.length;
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}

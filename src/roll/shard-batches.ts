import {
  groupOfRegion,
  groupRanges,
  shardOf,
  type ShardGroup,
  type ShardMap,
  type ShardRange,
} from "../decision/shard-map.ts";
import type { RollEntry } from "../decision/roll.ts";
import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";
import { utf8Bytes } from "../shared/utf8-bytes.ts";

/**
 * Loads rows into the table of this import in one shard, `rows` being a JSON array of [pid, region,
 * weight], with a name behind where the voter has one. Gives the offsets of the rows whose pid was
 * there already; what it took is durable. A repeat of a call would report all its rows as
 * duplicates, so none is repeated but by its number: batches of a shard are numbered from 0, and the
 * same rows make the same batches.
 */
export type LoadRows = (shard: number, rows: string, batch: number) => Promise<readonly number[]>;

/** Rows of a shard with the lines that they stood in, and the bytes of their JSON. */
type Batch = { rows: string[]; lines: number[]; bytes: number };

/** What waits for a shard: batches that are full, and one that is being filled. */
interface ShardQueue {
  full: Batch[];
  open: Batch;
  sent: number;
  loaded: number;
  call: Promise<void>;
}

/** A region as JSON, its bytes, and the shards of its group. */
type KnownRegion = { text: string; bytes: number; range: ShardRange };

/** The shards of a decision, and whose voters are where. */
export interface ShardLayout {
  shardMap: ShardMap;
  placement: readonly ShardGroup[];
}

/** Brackets, quotes and commas of a row, and the comma after it. */
const rowPunctuationBytes = 7;

/**
 * Gathers voters by their shards and sends full batches, one call a shard at a time: so the first
 * row of a voter is the one that is loaded.
 */
export class ShardBatches {
  readonly #load: LoadRows;
  readonly #onDuplicate: (line: number) => void;
  readonly #shards: readonly ShardQueue[];
  readonly #rowsMax: number;
  readonly #placement: readonly ShardGroup[];
  readonly #ranges: readonly ShardRange[];
  readonly #regions = new Map<string, KnownRegion>();
  #failure: { error: unknown } | null = null;

  constructor(
    { shardMap, placement }: ShardLayout,
    load: LoadRows,
    onDuplicate: (line: number) => void,
  ) {
    this.#placement = placement;
    this.#ranges = groupRanges(shardMap);
    this.#load = load;
    this.#onDuplicate = onDuplicate;
    const shards = shardMap.length;
    this.#rowsMax = Math.max(
      Math.floor(limits.rollBufferedRowsMax / shards),
      limits.rollBatchRowsMin,
    );
    this.#shards = Array.from({ length: shards }, () => ({
      full: [],
      open: emptyBatch(),
      sent: 0,
      loaded: 0,
      call: Promise.resolve(),
    }));
  }

  /** Rows that each shard has taken, once `finish` has returned. */
  get loaded(): readonly number[] {
    return this.#shards.map((shard) => shard.loaded);
  }

  add(pid: string, { region, weight, name }: RollEntry, line: number): void {
    const { text, bytes: regionBytes, range } = this.#regionOf(region);
    const shard = this.#shards[range.first + shardOf(pid, range.shards)];
    invariant(shard !== undefined, "a shard of the map has its batch");
    const rest = name === undefined ? String(weight) : `${weight},${JSON.stringify(name)}`;
    const restBytes = name === undefined ? rest.length : utf8Bytes(rest);
    const bytes = pid.length + regionBytes + restBytes + rowPunctuationBytes;
    const isFull =
      shard.open.rows.length >= this.#rowsMax ||
      shard.open.bytes + bytes > limits.rollBatchBytesMax;
    if (isFull) {
      shard.full.push(shard.open);
      shard.open = emptyBatch();
    }
    shard.open.rows.push(`["${pid}",${text},${rest}]`);
    shard.open.lines.push(line);
    shard.open.bytes += bytes;
  }

  /**
   * Sends what is full. It waits for the shards that are still at work on their last batch: that is
   * what holds the reading back.
   */
  async sendFull(): Promise<void> {
    for (const [index, shard] of this.#shards.entries()) {
      for (const batch of shard.full.splice(0)) {
        await shard.call;
        this.#throwFailure();
        shard.call = this.#loadBatch(index, shard, batch);
      }
    }
  }

  /** Sends what is left; every row is durable when it returns. */
  async finish(): Promise<void> {
    for (const shard of this.#shards) {
      if (shard.open.rows.length > 0) shard.full.push(shard.open);
      shard.open = emptyBatch();
    }
    await this.sendFull();
    await Promise.all(this.#shards.map((shard) => shard.call));
    this.#throwFailure();
  }

  /** Never throws: the failure of a call is thrown by whoever waits for it next. */
  async #loadBatch(index: number, shard: ShardQueue, { rows, lines }: Batch): Promise<void> {
    const batch = shard.sent;
    shard.sent += 1;
    try {
      const duplicates = await this.#load(index, `[${rows.join(",")}]`, batch);
      for (const offset of duplicates) this.#onDuplicate(lines[offset] ?? 0);
      shard.loaded += rows.length - duplicates.length;
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #regionOf(region: string): KnownRegion {
    const known = this.#regions.get(region);
    if (known !== undefined) return known;
    const text = JSON.stringify(region);
    const range = this.#ranges[groupOfRegion(region, this.#placement)];
    invariant(range !== undefined, "a group of the placement has its shards");
    const made = { text, bytes: utf8Bytes(text), range };
    this.#regions.set(region, made);
    return made;
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}

/** The brackets around the rows are two bytes, of which a comma after the last row is not there. */
function emptyBatch(): Batch {
  return { rows: [], lines: [], bytes: 1 };
}

import { sha256Hex, sha256HexOfParts } from "../../src/auth/digest.ts";
import {
  shardRollHead,
  shardRollLine,
  type RegionFigures,
  type RollCell,
  type RollEntry,
  type ShardRoll,
} from "../../src/decision/roll.ts";
import type { RollBatch, RollImport } from "../../src/ports/rolls.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";

/** A row of an import as it travels: the pid, never the voter_id. */
type RollRowCode = [pid: string, region: string, weight: number, name?: string];

/** A row as its table has it. */
interface StoredEntry {
  pid: string;
  region: string;
  weight: number;
  name: string | null;
}

type StoredColumns = [pid: string, region: string, weight: number, name: string | null];

/**
 * This shard's part of each import by its number: what it came to, or null while it is being
 * loaded.
 */
type RollParts = ReadonlyMap<number, ShardRoll | null>;

const rollsForm = { name: "a shard's rolls", version: 1 };

/**
 * A shard's part of the roll, on disk alone: memory does not grow with it. Each import has a table
 * of its own, so the one in force stays whole until the room has adopted another. Tables that
 * nobody can adopt any more are dropped by the next import, at opening, or when the decision has no
 * use for this shard.
 */
export class ShardRolls {
  readonly #storage: SqliteStorage;
  readonly #sql: SqliteStorage["sql"];
  #parts: RollParts;
  #isEnded: boolean;

  constructor(storage: SqliteStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    // Both written below and nowhere else.
    const kept = storage.kv.get("rolls") as Versioned<RollParts> | undefined;
    this.#parts = kept === undefined ? new Map() : withoutVersion(rollsForm, kept);
    this.#isEnded = storage.kv.get("rolls_ended") === true;
  }

  /**
   * Loads rows, a JSON array of `RollRowCode`, and gives the offsets of those whose pid was
   * there already; or tells that a later import has begun. A batch is loaded once: a repeat gives
   * what it gave before, or tells that its rows are others.
   */
  load(
    roll: RollImport,
    rows: string,
    batch: RollBatch | null = null,
  ): readonly number[] | "superseded" | "changed" {
    if (!this.#begin(roll) || this.#parts.get(roll.number) !== null) return "superseded";
    return batch === null ? this.#insert(roll, rows) : this.#loadOnce(roll, rows, batch);
  }

  #loadOnce(
    roll: RollImport,
    rows: string,
    { piece, batch }: RollBatch,
  ): readonly number[] | "changed" {
    const table = batchesOf(roll.number);
    this.#sql.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (piece INTEGER NOT NULL, batch INTEGER NOT NULL, hash TEXT NOT NULL, duplicates TEXT NOT NULL, PRIMARY KEY (piece, batch)) WITHOUT ROWID`,
    );
    const hash = sha256Hex(rows);
    const [known] = this.#sql
      .exec<{ hash: string; duplicates: string }>(
        `SELECT hash, duplicates FROM ${table} WHERE piece = ? AND batch = ?`,
        piece,
        batch,
      )
      .toArray();
    // Written below and nowhere else.
    if (known !== undefined)
      return known.hash === hash ? (JSON.parse(known.duplicates) as number[]) : "changed";
    return this.#storage.transactionSync(() => {
      const duplicates = this.#insert(roll, rows);
      const insert = `INSERT INTO ${table} VALUES (?, ?, ?, ?)`;
      this.#sql.exec(insert, piece, batch, hash, JSON.stringify(duplicates));
      return duplicates;
    });
  }

  #insert(roll: RollImport, rows: string): readonly number[] {
    const insert = `INSERT INTO ${tableOf(roll.number)} SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?)`;
    try {
      this.#sql.exec(insert, rows);
      return [];
    } catch {
      // A pid that is there already undoes the whole statement. Any other cause is thrown again by
      // this one, which also tells which were new.
      const cursor = this.#sql.exec<{ pid: string }>(
        `${insert} WHERE true ON CONFLICT DO NOTHING RETURNING pid`,
        rows,
      );
      const loaded = new Set(cursor.toArray().map(({ pid }) => pid));
      // Made by the loader of this import; SQLite has read it just now.
      const codes = JSON.parse(rows) as RollRowCode[];
      return codes.flatMap(([pid], offset) => (loaded.delete(pid) ? [] : [offset]));
    }
  }

  /**
   * Counts and hashes a complete import; nothing can be loaded into it any more. The same part is
   * given to whoever asks again.
   */
  seal(roll: RollImport, decisionId: string, shard: number): ShardRoll | "superseded" {
    if (!this.#begin(roll)) return "superseded";
    const known = this.#parts.get(roll.number);
    if (known !== undefined && known !== null) return known;
    const table = tableOf(roll.number);
    const hash = sha256HexOfParts(this.#rollTexts(table, shardRollHead(decisionId, shard)));
    const regions = this.#sql
      .exec<RegionFigures>(
        // 2,000,000 voters of 10^12 are 2 * 10^18, and SQLite's integers reach 9.2 * 10^18.
        `SELECT region, count(*) AS voters, CAST(sum(weight) AS TEXT) AS weight FROM ${table} GROUP BY region`,
      )
      .toArray();
    const [named] = this.#sql
      .exec(`SELECT 1 FROM ${table} WHERE name IS NOT NULL LIMIT 1`)
      .toArray();
    const cells = this.#cellsOf(table);
    const part: ShardRoll = {
      hash,
      regions,
      cells,
      ...(named === undefined ? {} : { isNamed: true }),
    };
    this.#replace(new Map([...this.#parts, [roll.number, part]]));
    return part;
  }

  #cellsOf(table: string): ShardRoll["cells"] {
    const cells = this.#sql
      .exec<RollCell>(
        `SELECT region, weight, count(*) AS voters FROM ${table} GROUP BY region, weight LIMIT ?`,
        limits.rollCellsMax + 1,
      )
      .toArray();
    return cells.length > limits.rollCellsMax ? null : cells;
  }

  /** Drops every import but this one, whose part must have this hash: the decision opens. */
  freeze(roll: { import: number; hash: string } | null): void {
    invariant(
      roll === null || this.#parts.get(roll.import)?.hash === roll.hash,
      "a shard holds its part of the roll that its decision opens with",
    );
    const kept = this.#partsOf([roll?.import ?? null]);
    if (kept.size < this.#parts.size) this.#replace(kept);
  }

  /**
   * Drops every import, and takes none from here on: an upload that is still under way must not
   * begin its table anew.
   */
  end(): void {
    this.#replace(new Map(), () => this.#storage.kv.put("rolls_ended", true));
    this.#isEnded = true;
  }

  /** Drops at most `rowsMax` rows of imports, and their tables once those are empty. */
  forget(rowsMax: number): "more" | "done" {
    for (const number of this.#parts.keys()) {
      const table = tableOf(number);
      const gone = this.#sql.exec(
        `DELETE FROM ${table} WHERE pid IN (SELECT pid FROM ${table} ORDER BY pid LIMIT ?) RETURNING 1`,
        rowsMax,
      );
      if (gone.toArray().length > 0) return "more";
    }
    this.end();
    return "done";
  }

  /** The entries of those of these voters who are on the roll. */
  find(number: number, pids: readonly string[]): Map<string, RollEntry> {
    if (!this.#parts.has(number)) return new Map();
    const rows = this.#sql.exec<StoredEntry & Record<string, SqlStorageValue>>(
      `SELECT pid, region, weight, name FROM json_each(?) CROSS JOIN ${tableOf(number)} ON pid = value`,
      JSON.stringify(pids),
    );
    const entries = new Map<string, RollEntry>();
    for (const row of rows) entries.set(row.pid, entryOf(row));
    return entries;
  }

  /** At most `max` entries after this pid, by pid. */
  readAfter(number: number, pid: string, max: number): ({ pid: string } & RollEntry)[] {
    if (!this.#parts.has(number)) return [];
    return this.#sql
      .exec<StoredEntry & Record<string, SqlStorageValue>>(
        `SELECT pid, region, weight, name FROM ${tableOf(number)} WHERE pid > ? ORDER BY pid LIMIT ?`,
        pid,
        max,
      )
      .toArray()
      .map((row) => ({ pid: row.pid, ...entryOf(row) }));
  }

  /** Those of these pids who are on the roll. */
  findPids(number: number, pids: readonly string[]): string[] {
    if (!this.#parts.has(number)) return [];
    const rows = this.#sql.exec<{ pid: string }>(
      `SELECT pid FROM json_each(?) CROSS JOIN ${tableOf(number)} ON pid = value`,
      JSON.stringify(pids),
    );
    return rows.toArray().map(({ pid }) => pid);
  }

  /** At most `max` pids after this one, in order. */
  readPidsAfter(number: number, pid: string, max: number): string[] {
    if (!this.#parts.has(number)) return [];
    const rows = this.#sql.exec<{ pid: string }>(
      `SELECT pid FROM ${tableOf(number)} WHERE pid > ? ORDER BY pid LIMIT ?`,
      pid,
      max,
    );
    return rows.toArray().map((row) => row.pid);
  }

  *#rollTexts(table: string, head: string): Generator<string> {
    let text = head;
    let rows = 0;
    const cursor = this.#sql.exec(`SELECT pid, region, weight, name FROM ${table} ORDER BY pid`);
    // The table's columns, as `#begin` made them.
    for (const [pid, region, weight, name] of cursor.raw() as Iterable<StoredColumns>) {
      text += shardRollLine(pid, entryOf({ region, weight, name }));
      rows += 1;
      if (rows % limits.rollHashRows !== 0) continue;
      yield text;
      text = "";
    }
    yield text;
  }

  /**
   * Makes the table of an import that is new here; false when a later one has begun, or none is
   * taken any more.
   */
  #begin({ number, inForce }: RollImport): boolean {
    if (this.#isEnded) return false;
    if (this.#parts.has(number)) return true;
    if ([...this.#parts.keys()].some((other) => other > number)) return false;
    this.#replace(new Map([...this.#partsOf([inForce]), [number, null]]), () => {
      this.#sql.exec(
        `CREATE TABLE ${tableOf(number)} (pid TEXT PRIMARY KEY, region TEXT NOT NULL, weight INTEGER NOT NULL, name TEXT) WITHOUT ROWID`,
      );
    });
    return true;
  }

  #partsOf(numbers: readonly (number | null)[]): RollParts {
    return new Map([...this.#parts].filter(([number]) => numbers.includes(number)));
  }

  /**
   * Keeps these parts, drops the tables of all others and does what `alongside` does, in one
   * transaction; memory follows only after it has succeeded.
   */
  #replace(parts: RollParts, alongside: () => void = () => {}): void {
    this.#storage.transactionSync(() => {
      for (const number of this.#parts.keys()) {
        if (parts.has(number)) continue;
        this.#sql.exec(`DROP TABLE ${tableOf(number)}`);
        this.#sql.exec(`DROP TABLE IF EXISTS ${batchesOf(number)}`);
      }
      alongside();
      this.#storage.kv.put("rolls", withVersion(rollsForm, parts));
    });
    this.#parts = parts;
  }
}

function entryOf({ region, weight, name }: Omit<StoredEntry, "pid">): RollEntry {
  return name === null ? { region, weight } : { region, weight, name };
}

function tableOf(number: number): string {
  invariant(Number.isSafeInteger(number) && number > 0, "imports are numbered from 1");
  return `roll_${number}`;
}

/** Which batches of an import in pieces are in, with the offsets of their duplicates. */
function batchesOf(number: number): string {
  return `${tableOf(number)}_batches`;
}

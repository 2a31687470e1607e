import { encodePageEntry, type CellCode } from "../../../src/backup/backup-page.ts";
import { encodeValue, toBase64 } from "../../../src/backup/kept-value.ts";
import type { DumpReply, DumpRequest } from "../../../src/ports/backup.ts";
import { invariant } from "../../../src/shared/invariant.ts";
import { limits } from "../../../src/shared/limits.ts";
import {
  guardingValues,
  isValueLeftOut,
  kindOf,
  listSchema,
  listTables,
  quoted,
  type KeptTable,
} from "./kept-tables.ts";
import { PageLines } from "./page-lines.ts";
import { runningImports, type RunningImports } from "./running-imports.ts";

/** A row of a table: its key, by which the next ones are found, and its cells. */
interface KeptRow {
  columns: string[];
  cells: CellCode[];
  key: SqlStorageValue[];
}

/** A table that is read page by page. `upTo` bounds one that is appended to. */
type PagedTable = KeptTable & { upTo: SqlStorageValue };

/** Where a page begins: in the head, or after a row of a table. */
type Position =
  | { in: "head"; entry: number }
  | { in: "tables"; table: number; after: SqlStorageValue[] | null };

/** One look at an object, kept in its memory while its pages are asked for. */
interface Look {
  id: string;
  /** Lines: as objects, the seals of the largest decision would be more than an object's memory. */
  head: string[];
  tables: PagedTable[];
  guard: string;
  /** Where the pages begin that may be asked for: the last one given, and the next. */
  starts: Map<number, Position>;
}

/**
 * Reads an object's whole storage in pages. All values and the small tables are read in one step,
 * as the look begins; of tables that are only appended to, the rows that were there then; and other
 * tables row by row, for as long as nobody has made or emptied one. So a look is the object as it
 * was, but that rows of the third kind may be a moment newer.
 */
export class ObjectDump {
  readonly #storage: DurableObjectStorage;
  readonly #charactersMax: number;
  #look: Look | null = null;

  constructor(storage: DurableObjectStorage, charactersMax: number = limits.backupPageCharacters) {
    this.#storage = storage;
    this.#charactersMax = charactersMax;
  }

  page({ dump, page }: DumpRequest): DumpReply {
    if (dump === null) this.#look = this.#begin();
    const look = this.#look;
    if (look === null || (dump !== null && look.id !== dump)) return "changed";
    const start = look.starts.get(page);
    if (start === undefined || this.#guard() !== look.guard) return "changed";
    const { lines, next } = this.#read(look, start);
    look.starts = new Map([[page, start]]);
    // No page before this one is given again.
    if (start.in === "head") look.head.fill("", 0, start.entry);
    else look.head = [];
    if (next !== null) look.starts.set(page + 1, next);
    return { dump: look.id, lines, isLast: next === null };
  }

  #begin(): Look {
    const { sql, kv } = this.#storage;
    const imports = runningImports(kv.get("rolls"));
    const tables = listTables(sql).filter(({ name }) => !imports.tables.has(name));
    const head: string[] = [];
    let characters = 0;
    for (const line of this.#headLines(tables, imports)) {
      characters += line.length;
      invariant(
        characters <= limits.backupHeadCharactersMax,
        "an object's values fit in its memory",
      );
      head.push(line);
    }
    const paged = tables.filter(({ name }) => ["appended", "paged"].includes(kindOf(name)));
    return {
      id: crypto.randomUUID(),
      head,
      tables: paged
        .map((table) => ({ ...table, upTo: this.#lastOf(table) }))
        .filter(({ name, upTo }) => kindOf(name) === "paged" || upTo !== null),
      guard: this.#guard(),
      starts: new Map([[1, { in: "head", entry: 0 }]]),
    };
  }

  /** Tables, values and rows of small tables, each made as it is asked for. */
  *#headLines(tables: readonly KeptTable[], { rolls }: RunningImports): Generator<string> {
    const { sql, kv } = this.#storage;
    for (const schema of listSchema(sql, tables)) yield encodePageEntry({ schema });
    for (const [key, value] of kv.list()) {
      if (isValueLeftOut(key)) continue;
      yield encodePageEntry({ key, value: encodeValue(key === "rolls" ? rolls : value) });
    }
    for (const table of tables)
      if (kindOf(table.name) === "read_at_once") yield* this.#smallRows(table);
  }

  /** The last key of a table that is appended to; null of any other, and of an empty one. */
  #lastOf({ name, key: [column = ""] }: KeptTable): SqlStorageValue {
    if (kindOf(name) !== "appended") return null;
    const query = `SELECT max(${quoted(column)}) AS last FROM ${quoted(name)}`;
    return this.#storage.sql.exec<{ last: SqlStorageValue }>(query).one().last;
  }

  #guard(): string {
    return JSON.stringify(guardingValues.map((key) => encodeValue(this.#storage.kv.get(key))));
  }

  #read({ head, tables }: Look, start: Position): { lines: string; next: Position | null } {
    const page = new PageLines(this.#charactersMax);
    const next = this.#fill(page, { head, tables }, start);
    return { lines: page.end(), next };
  }

  /** Fills a page; gives where the next one begins, or null where nothing is left. */
  #fill(page: PageLines, { head, tables }: Pick<Look, "head" | "tables">, start: Position) {
    const from = start.in === "head" ? start.entry : head.length;
    for (let entry = from; entry < head.length; entry += 1)
      if (!page.add(head[entry] ?? "")) return { in: "head", entry } as const;
    const first = start.in === "tables" ? start : { table: 0, after: null };
    for (let { table, after } = first; table < tables.length; table += 1, after = null) {
      const of = tables[table] as PagedTable;
      for (const { columns, cells, key } of this.#rowsOf(of, after)) {
        if (!page.addRow(of.name, columns, cells)) return { in: "tables", table, after } as const;
        after = key;
      }
    }
    return null;
  }

  /** Rows after a key, in the order of their keys, read as they are asked for. */
  *#rowsOf({ name, key, upTo }: PagedTable, after: SqlStorageValue[] | null): Generator<KeptRow> {
    const columns = key.map(quoted).join(", ");
    const bounds = [
      ...(after === null ? [] : [`(${columns}) > (${key.map(() => "?").join(", ")})`]),
      ...(upTo === null ? [] : [`${columns} <= ?`]),
    ];
    const cursor = this.#storage.sql.exec(
      `SELECT * FROM ${quoted(name)} ${bounds.length === 0 ? "" : "WHERE "}${bounds.join(" AND ")} ORDER BY ${columns}`,
      ...(after ?? []),
      ...(upTo === null ? [] : [upTo]),
    );
    const { columnNames } = cursor;
    for (const row of cursor) {
      yield {
        columns: columnNames,
        cells: columnNames.map((column) => encodeCell(row[column] ?? null)),
        key: key.map((column) => row[column] ?? null),
      };
    }
  }

  *#smallRows(table: KeptTable): Generator<string> {
    for (const { columns, cells } of this.#rowsOf({ ...table, upTo: null }, null))
      yield encodePageEntry({ table: table.name, columns, rows: [cells] });
  }
}

function encodeCell(value: SqlStorageValue): CellCode {
  return value instanceof ArrayBuffer ? { b: toBase64(new Uint8Array(value)) } : value;
}

import {
  decodePageEntries,
  type BackupEntry,
  type CellCode,
} from "../../../src/backup/backup-page.ts";
import { decodeValue, fromBase64 } from "../../../src/backup/kept-value.ts";
import type { RestoreReply, RestoreRequest } from "../../../src/ports/backup.ts";
import {
  UnknownVersion,
  withoutVersion,
  withVersion,
  type Versioned,
} from "../../../src/shared/versioned.ts";
import { isTableOfUse, isValueOfUse, listTables, quoted } from "./kept-tables.ts";

/** How far the restore of an object has come; it stays once it is done. */
interface Restored {
  backup: string;
  dump: string;
  /** Pages that are on disk. */
  pages: number;
  isDone: boolean;
}

const restoredForm = { name: "the restore of an object", version: 1 };
const key = "restoring";

/** What else is written with what a backup has. */
export interface RestoreHooks {
  /** Is asked before rows of a table are written, and gives what to do after, if anything. */
  followRows?: (table: string) => (() => void) | null;
  /** Records the restore, in the transaction of the last page. */
  note?: (request: RestoreRequest) => void;
}

/** How far the restore of this object has come; null where nobody has begun one. */
function restoredOf({ kv }: DurableObjectStorage): Restored | null {
  const kept = kv.get<Versioned<Restored>>(key);
  return kept === undefined ? null : withoutVersion(restoredForm, kept);
}

/**
 * Refuses to begin an object whose storage is half restored.
 * @throws {UnknownVersion} so that it is refused as one that a newer release has written
 */
export function requireWhole(storage: DurableObjectStorage): void {
  if (restoredOf(storage)?.isDone === false)
    throw new UnknownVersion("this object is being restored from a backup");
}

/** Takes the pages of a backup into the storage of an object that has nothing of its own. */
export class ObjectRestore {
  readonly #storage: DurableObjectStorage;
  readonly #hooks: RestoreHooks;

  constructor(storage: DurableObjectStorage, hooks: RestoreHooks) {
    this.#storage = storage;
    this.#hooks = hooks;
  }

  /**
   * Takes a page in one transaction; "done" where that was the last one, and "known" where the page
   * was on disk before: then nothing is written.
   */
  take(request: RestoreRequest): RestoreReply | "done" | "known" {
    const { backup, dump, page, isLast, lines } = request;
    const kept = restoredOf(this.#storage);
    const isOfThis = kept?.backup === backup && kept.dump === dump;
    // What was broken off makes room for another backup; what is whole does not.
    const before = isOfThis ? kept : null;
    if (before === null && kept?.isDone !== false && !this.#isEmpty()) return "not_empty";
    const pages = before?.pages ?? 0;
    if (page <= pages) return "known";
    if (page > pages + 1) return "out_of_turn";
    this.#storage.transactionSync(() => {
      if (before === null) this.#clear();
      for (const entry of decodePageEntries(lines)) this.#write(entry);
      if (isLast) this.#hooks.note?.(request);
      const restored: Restored = { backup, dump, pages: page, isDone: isLast };
      this.#storage.kv.put(key, withVersion(restoredForm, restored));
    });
    return isLast ? "done" : "taken";
  }

  /** What only tells of the moment does not count. */
  #isEmpty(): boolean {
    const { sql, kv } = this.#storage;
    for (const [name] of kv.list()) if (isValueOfUse(name)) return false;
    return listTables(sql)
      .filter(({ name }) => isTableOfUse(name))
      .every(
        ({ name }) => sql.exec(`SELECT 1 FROM ${quoted(name)} LIMIT 1`).toArray().length === 0,
      );
  }

  /** Tables and values as this release makes them make room for those of the backup. */
  #clear(): void {
    const { sql, kv } = this.#storage;
    for (const { name } of listTables(sql)) sql.exec(`DROP TABLE ${quoted(name)}`);
    for (const name of Array.from(kv.list(), ([each]) => each)) kv.delete(name);
  }

  #write(entry: BackupEntry): void {
    const { sql, kv } = this.#storage;
    if ("schema" in entry) sql.exec(entry.schema);
    else if ("key" in entry) kv.put(entry.key, decodeValue(entry.value));
    else this.#insert(entry);
  }

  #insert({ table, columns, rows }: Extract<BackupEntry, { table: string }>): void {
    const after = this.#hooks.followRows?.(table);
    const marks = columns.map(() => "?").join(", ");
    const insert = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")}) VALUES (${marks})`;
    for (const row of rows) this.#storage.sql.exec(insert, ...row.map(decodeCell));
    after?.();
  }
}

function decodeCell(cell: CellCode): SqlStorageValue {
  return cell !== null && typeof cell === "object" ? fromBase64(cell.b).buffer : cell;
}

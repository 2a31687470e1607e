import type { AuditNote } from "../../../src/audit-log/audit-entry.ts";
import { limitedState } from "../../../src/platform/platform-limits/limited-state.ts";
import { reportFailure } from "../../../src/platform/report-failure.ts";
import type {
  DumpReply,
  DumpRequest,
  RestoreReply,
  RestoreRequest,
} from "../../../src/ports/backup.ts";
import { AuditLog } from "../audit-log.ts";
import { VersionedObject, type VersionedOptions } from "../versioned-object.ts";
import { ObjectDump } from "./object-dump.ts";
import { ObjectRestore, requireWhole, type RestoreHooks } from "./object-restore.ts";

interface RecordOptions<Parts> extends VersionedOptions<Parts> {
  followRows?: (storage: DurableObjectStorage) => RestoreHooks["followRows"];
  /** What the object's audit log is about, and what it says of a restore; without one nothing. */
  audit?: { subject: string; restored: (backup: string) => AuditNote };
}

/** An object of the record: its storage goes into backups, and comes back from them. */
export abstract class RecordObject<Parts> extends VersionedObject<Parts> {
  readonly #dump: ObjectDump;
  readonly #restore: ObjectRestore;

  constructor(ctx: DurableObjectState, env: Env, options: RecordOptions<Parts>) {
    const { table, compose, followRows, audit } = options;
    super(ctx, env, {
      table,
      compose: (state, within) => {
        requireWhole(state.storage);
        return compose(state, within);
      },
    });
    const { storage } = limitedState(ctx, env);
    this.#dump = new ObjectDump(storage);
    const follow = followRows?.(storage);
    this.#restore = new ObjectRestore(storage, {
      ...(follow === undefined ? {} : { followRows: follow }),
      note: ({ backup, actor }) => {
        if (audit === undefined) return;
        const log = new AuditLog(storage, audit.subject);
        log.append(audit.restored(backup), actor, Date.now());
      },
    });
  }

  /** A page of this object's storage; see `ObjectDump`. */
  dumpPage(request: DumpRequest): DumpReply {
    return this.#dump.page(request);
  }

  /**
   * Takes a page of a backup; see `ObjectRestore`. From the first page on to the last every other
   * call is refused, and with the last this object goes on where the other one was.
   */
  async restorePage(request: RestoreRequest): Promise<RestoreReply> {
    const reply = this.#restore.take(request);
    if (reply === "not_empty" || reply === "out_of_turn") return reply;
    // What is whole may be in use: two of its parts beside each other would write over one another.
    if (reply === "known") return "taken";
    this.reopen();
    if (reply === "done") await this.ctx.blockConcurrencyWhile(() => this.resume());
    return "taken";
  }

  /** The platform's bookmark of this object's state at a time (ms); null where it keeps none. */
  async bookmarkAt(time: number): Promise<string | null> {
    try {
      return await this.ctx.storage.getBookmarkForTime(time);
    } catch (error) {
      reportFailure("object.no_bookmark", error);
      return null;
    }
  }

  /** Begins this object again with the state of a bookmark; gives the one of the state before. */
  async recoverTo(bookmark: string): Promise<string> {
    const undo = await this.ctx.storage.onNextSessionRestoreBookmark(bookmark);
    this.restart();
    return undo;
  }

  /** Begins this object again, once it has answered: what it has in memory alone is forgotten. */
  restart(): void {
    setTimeout(() => this.ctx.abort("begins again"), 0);
  }

  protected override takesUnread(method: string): boolean {
    return method === "restorePage";
  }

  /** Sets the alarm and goes on with what was under way, as an object does when it begins. */
  protected async resume(): Promise<void> {}
}

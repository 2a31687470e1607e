import type { CastRequest } from "../../src/ballot/voter.ts";
import { noTokens, type TokenCounts } from "../../src/decision/token-counts.ts";
import type { MovedTokens, TokenMove } from "../../src/ports/tokens.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";

/** What was done to tokens so far, under the decision's key of this generation. */
type KeptTokens = { generation: number; counts: TokenCounts };

type SerialRow = { pid: string; serial: number };

const tokensForm = { name: "a shard's tokens", version: 1 };

const nothingKept: KeptTokens = { generation: -1, counts: noTokens };

/**
 * The serial of each voter's newest ballot token, on disk alone: a row a voter who was issued one,
 * written when tokens are issued or revoked and never by a vote. A voter without a row has 1, as a
 * token without a serial has. The table is made with the first row.
 */
export class ShardTokens {
  readonly #storage: SqliteStorage;
  #kept: KeptTokens;

  constructor(storage: SqliteStorage) {
    this.#storage = storage;
    // Written below and nowhere else; null once the rows are dropped.
    const kept = storage.kv.get("tokens") as Versioned<KeptTokens> | null | undefined;
    this.#kept =
      kept === undefined || kept === null ? nothingKept : withoutVersion(tokensForm, kept);
  }

  /**
   * Moves the serials of these voters on, in one transaction: to the next one with each token, and
   * past all tokens issued so far where they are revoked. Pids of a newer key begin anew, since no
   * token of an earlier one is good.
   */
  move({ act, generation, pids }: TokenMove): MovedTokens {
    invariant(generation >= this.#kept.generation, "the key of these pids is not replaced");
    const isNewKey = generation > this.#kept.generation;
    const before = isNewKey ? noTokens : this.#kept.counts;
    const moved = this.#storage.transactionSync(() => {
      if (isNewKey) this.#begin();
      const rows = this.#moveRows(act, pids);
      const counts = act === "issue" ? addIssued(before, rows) : addRevoked(before, rows);
      this.#storage.kv.put("tokens", withVersion(tokensForm, { generation, counts }));
      return { rows, counts };
    });
    this.#kept = { generation, counts: moved.counts };
    return { serials: serialsOf(pids, moved.rows), counts: moved.counts };
  }

  /**
   * The newest serials of those who vote by token and have more than one. Nothing is read where no
   * token of this shard was ever issued anew or revoked.
   */
  newestSerials(requests: readonly CastRequest[]): ReadonlyMap<string, number> {
    const { reissued, revoked } = this.#kept.counts;
    if (reissued + revoked === 0) return noSerials;
    const pids = requests.flatMap(({ pid, serial }) => (serial === null ? [] : [pid]));
    if (pids.length === 0) return noSerials;
    const rows = this.#storage.sql.exec<SerialRow>(
      "SELECT pid, serial FROM json_each(?) CROSS JOIN tokens ON pid = value WHERE serial > 1",
      JSON.stringify(pids),
    );
    return new Map(rows.toArray().map(({ pid, serial }) => [pid, serial]));
  }

  /** Forgets at most `rowsMax` voters. */
  forget(rowsMax: number): "more" | "done" {
    if (this.#kept === nothingKept) return "done";
    const gone = this.#storage.sql.exec(
      "DELETE FROM tokens WHERE pid IN (SELECT pid FROM tokens LIMIT ?) RETURNING 1",
      rowsMax,
    );
    if (gone.toArray().length > 0) return "more";
    this.drop();
    return "done";
  }

  /** Forgets all voters at once: the shard takes no votes, or has none left. */
  drop(): void {
    if (this.#kept === nothingKept) return;
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec("DROP TABLE tokens");
      this.#storage.kv.put("tokens", null);
    });
    this.#kept = nothingKept;
  }

  /** An empty table, whatever was in it. */
  #begin(): void {
    const { sql } = this.#storage;
    if (this.#kept !== nothingKept) sql.exec("DROP TABLE tokens");
    sql.exec("CREATE TABLE tokens (pid TEXT PRIMARY KEY, serial INTEGER NOT NULL) WITHOUT ROWID");
  }

  /** A row each time that a voter is named; revoked without a token, the first one is not good. */
  #moveRows(act: TokenMove["act"], pids: readonly string[]): SerialRow[] {
    const rows = this.#storage.sql.exec<SerialRow>(
      `INSERT INTO tokens SELECT value, ? FROM json_each(?) WHERE true
       ON CONFLICT DO UPDATE SET serial = serial + 1 RETURNING pid, serial`,
      act === "issue" ? 1 : 2,
      JSON.stringify(pids),
    );
    return rows.toArray();
  }
}

const noSerials: ReadonlyMap<string, number> = new Map();

function addIssued({ issued, reissued, revoked }: TokenCounts, rows: SerialRow[]): TokenCounts {
  const isFirst = rows.filter(({ serial }) => serial === 1).length;
  return { issued: issued + isFirst, reissued: reissued + rows.length - isFirst, revoked };
}

function addRevoked(counts: TokenCounts, rows: SerialRow[]): TokenCounts {
  return { ...counts, revoked: counts.revoked + rows.length };
}

/** The serial of each; who is named twice has the earlier one first. */
function serialsOf(pids: readonly string[], rows: readonly SerialRow[]): number[] {
  const byPid = Map.groupBy(rows, ({ pid }) => pid);
  for (const ofOne of byPid.values()) ofOne.sort((one, other) => other.serial - one.serial);
  return pids.map((pid) => byPid.get(pid)?.pop()?.serial ?? 1);
}

import type {
  CheckOutcome,
  DueCheck,
  ListedChecks,
  AgreementCheck,
} from "../../src/ports/record-check.ts";
import { isLongCertified } from "../../src/decision/lifecycle.ts";
import { isUnknownVersion, prefixVersion, stripVersion } from "../../src/shared/versioned.ts";

const checkForm = { name: "a check of a record", version: 1 };

type Counts = Omit<ListedChecks, "checks">;

const schema = `CREATE TABLE IF NOT EXISTS checks (decision_id TEXT PRIMARY KEY, is_live INTEGER NOT NULL,
  asked_at INTEGER NOT NULL, tried_at INTEGER NOT NULL, checked_at INTEGER, is_broken INTEGER NOT NULL,
  next_shard INTEGER NOT NULL, next_seq INTEGER NOT NULL, found TEXT) WITHOUT ROWID`;

/**
 * Which decisions have their records checked, and what was found last: a row each. The table is made
 * with the first, so that a release before this one, which has no use for it, reads the rest.
 */
export class RegisteredChecks {
  readonly #storage: DurableObjectStorage;
  #isMade = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** A decision is checked from now (ms) on; again changes nothing. */
  begin(decisionId: string, now: number): void {
    this.#storage.sql.exec(schema);
    this.#storage.sql.exec(
      "INSERT OR IGNORE INTO checks VALUES (?, 1, ?, 0, NULL, 0, 0, 0, NULL)",
      decisionId,
      // Rooms tell it by an alarm, which votes may move.
      Math.ceil(now / 60_000) * 60_000,
    );
  }

  /** Those that are not certified first, and of each kind whose turn was longest ago. */
  listDue(max: number): DueCheck[] {
    if (!this.#isThere) return [];
    return this.#storage.sql
      .exec<{ decisionId: string; shard: number; seq: number }>(
        `SELECT decision_id AS decisionId, next_shard AS shard, next_seq AS seq FROM checks
         ORDER BY is_live DESC, tried_at, decision_id LIMIT ?`,
        max,
      )
      .toArray()
      .map(({ decisionId, shard, seq }) => ({ decisionId, from: { shard, seq } }));
  }

  /** A decision is checked no longer. */
  end(decisionId: string): void {
    if (!this.#isThere) return;
    this.#storage.sql.exec("DELETE FROM checks WHERE decision_id = ?", decisionId);
  }

  /** Keeps what came of checks until now (ms). */
  keep(outcomes: readonly CheckOutcome[], now: number): void {
    this.#storage.transactionSync(() => {
      for (const outcome of outcomes) this.#keepOne(outcome, now);
    });
  }

  /** What was found last, of `max` decisions at most. */
  read(max: number): ListedChecks {
    if (!this.#isThere) return { checks: [], decisions: 0, live: 0, oldestAt: null, askedAt: null };
    const { sql } = this.#storage;
    const counts = sql
      .exec<Counts>(
        `SELECT count(*) AS decisions, coalesce(sum(is_live), 0) AS live,
           min(CASE WHEN is_live THEN checked_at END) AS oldestAt,
           min(CASE WHEN checked_at IS NULL THEN asked_at END) AS askedAt FROM checks`,
      )
      .one();
    const checks = sql
      .exec<{ found: string }>(
        `SELECT found FROM checks WHERE found IS NOT NULL
         ORDER BY is_broken DESC, is_live DESC, decision_id LIMIT ?`,
        max,
      )
      .toArray()
      .flatMap(({ found }) => readFound(found));
    return { checks, ...counts };
  }

  get #isThere(): boolean {
    const found = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'checks'";
    this.#isMade ||= this.#storage.sql.exec(found).toArray().length > 0;
    return this.#isMade;
  }

  #keepOne({ decisionId, found }: CheckOutcome, now: number): void {
    const { sql } = this.#storage;
    if (found === "over" || (typeof found === "object" && isDone(found.check, now))) {
      this.end(decisionId);
    } else if (found === "failed") {
      sql.exec("UPDATE checks SET tried_at = ? WHERE decision_id = ?", now, decisionId);
    } else {
      const { check, next } = found;
      sql.exec(
        `UPDATE checks SET is_live = ?, tried_at = ?, checked_at = ?, is_broken = ?, next_shard = ?,
           next_seq = ?, found = ? WHERE decision_id = ? AND coalesce(checked_at, 0) <= ?`,
        Number(check.certifiedAt === null),
        now,
        check.checkedAt,
        Number(isBroken(check)),
        next.shard,
        next.seq,
        prefixVersion(checkForm, JSON.stringify(check)),
        decisionId,
        // A run that was slow may end after the next one.
        check.checkedAt,
      );
    }
  }
}

/** What was broken goes on being looked at, so that it is not green for having waited. */
function isDone(check: AgreementCheck, now: number): boolean {
  return isLongCertified(check, now) && !isBroken(check);
}

function isBroken({ stages }: AgreementCheck): boolean {
  return Object.values(stages).some(({ state }) => state === "broken");
}

/** A check that a newer release has kept is none: the next takes its place within minutes. */
function readFound(text: string): AgreementCheck[] {
  try {
    return [JSON.parse(stripVersion(checkForm, text)) as AgreementCheck];
  } catch (error) {
    if (isUnknownVersion(error)) return [];
    throw error;
  }
}

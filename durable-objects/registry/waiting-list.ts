import type { ShardAddress } from "../../src/ballot/receipt.ts";
import { limits } from "../../src/shared/limits.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { BacklogSummary } from "../../src/ports/backlog.ts";
import type { UncertifiedDecision } from "../../src/ports/certification.ts";
import type { ShardBacklog, WriterFailure } from "../../src/vote-log/backlog.ts";

const failureForm = { name: "a writer's failure", version: 1 };

type Sum = { waiting: number; since: number | null };

/**
 * What shards, rooms and writers have told that waits: so that readiness knows by one call, however
 * many objects there are, and also while the database is away.
 */
export class WaitingList {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  noteShard({ decisionId, shard }: ShardAddress, backlog: ShardBacklog | null): void {
    const { sql } = this.#storage;
    if (backlog === null) {
      sql.exec("DELETE FROM backlogs WHERE decision_id = ? AND shard = ?", decisionId, shard);
      return;
    }
    const { ballots, since, cause } = backlog;
    sql.exec(
      `INSERT INTO backlogs (decision_id, shard, ballots, since, cause) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (decision_id, shard) DO UPDATE SET ballots = ?3, since = ?4, cause = ?5`,
      decisionId,
      shard,
      ballots,
      since,
      cause,
    );
  }

  noteUncertified(decisionId: string, since: number | null): void {
    const { sql } = this.#storage;
    if (since === null) sql.exec("DELETE FROM uncertified WHERE decision_id = ?", decisionId);
    else sql.exec("INSERT OR REPLACE INTO uncertified VALUES (?, ?)", decisionId, since);
  }

  /** Decisions that wait to be certified, by id, from after `after` on. */
  listUncertified(after: string, max: number): UncertifiedDecision[] {
    return this.#storage.sql
      .exec<UncertifiedDecision>(
        `SELECT decision_id AS decisionId, since FROM uncertified WHERE decision_id > ?
         ORDER BY decision_id LIMIT ?`,
        after,
        max,
      )
      .toArray();
  }

  noteWriterFailure(failure: WriterFailure | null): void {
    const { kv } = this.#storage;
    if (failure === null) kv.delete("writer_failure");
    else kv.put("writer_failure", withVersion(failureForm, failure));
  }

  /** All of it at `now` (ms), of as many rows as a look may cost. */
  summary(now: number): BacklogSummary {
    const shards = this.#sum("SELECT ballots AS amount, since FROM backlogs WHERE ballots > 0");
    const decisions = this.#sum("SELECT 1 AS amount, since FROM uncertified");
    const causes = this.#storage.sql
      .exec<{ cause: string }>(
        `SELECT DISTINCT cause FROM (SELECT cause FROM backlogs LIMIT ${limits.backlogRowsMax})
         WHERE cause IS NOT NULL ORDER BY cause LIMIT ${limits.backlogCausesMax}`,
      )
      .toArray()
      .map(({ cause }) => cause);
    return {
      ballots: shards.waiting,
      since: shards.since,
      causes,
      writerFailure: this.#writerFailure(now),
      uncertified: decisions.waiting,
      uncertifiedSince: decisions.since,
    };
  }

  #sum(rows: string): Sum {
    return this.#storage.sql
      .exec<Sum>(
        `SELECT coalesce(sum(amount), 0) AS waiting, min(since) AS since FROM (${rows} LIMIT ${limits.backlogRowsMax})`,
      )
      .one();
  }

  #writerFailure(now: number): WriterFailure | null {
    const kept = this.#storage.kv.get<Versioned<WriterFailure>>("writer_failure");
    const failure = kept === undefined ? null : withoutVersion(failureForm, kept);
    return failure !== null && now - failure.at <= limits.writerFailureKeptMs ? failure : null;
  }
}

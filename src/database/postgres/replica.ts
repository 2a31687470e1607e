import type { Client } from "pg";
import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import type { PostgresSession } from "./session.ts";

/**
 * A position in the primary's log that all commits are before that were seen by now: they are
 * flushed first, but where nobody waits for that.
 */
const seenOnPrimary = `
  CASE current_setting('synchronous_commit')
    WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END`;
const primaryPosition = `SELECT (${seenOnPrimary})::text AS position`;

/**
 * Whether a standby has replayed the log up to $1. One that was promoted writes a log of its own,
 * whose positions tell nothing of the primary's.
 */
const hasReached = `
  SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= $1::pg_lsn AS reached`;

/**
 * The same position on a replica. A commit is seen a moment before it counts as replayed, and
 * never before it was received.
 */
const replicaPosition = `
  SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::text AS position`;

/** How a position is written: `16/B374D848`. */
export const positionPattern = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/;

export async function readPrimaryPosition(client: Client): Promise<string> {
  return requirePosition(await client.query(primaryPosition));
}

/**
 * Reads of a replica what it has by a position; null where it has not come as far. All is one
 * transaction, since a pooler may have several replicas.
 */
export async function readReached<Value>(
  client: Client,
  position: string,
  read: () => Promise<Value>,
): Promise<{ value: Value; position: string } | null> {
  await client.query("BEGIN READ ONLY");
  const { rows } = await client.query(hasReached, [position]);
  if (rows[0]?.reached !== true) {
    await client.query("ROLLBACK");
    return null;
  }
  const value = await read();
  const reached = requirePosition(await client.query(replicaPosition));
  await client.query("COMMIT");
  return { value, position: reached };
}

/**
 * Whether there is our newest table, and a primary that is followed; how long ago the newest commit
 * was that is replayed, in ms.
 */
const lookAtReplica = `
  SELECT (SELECT decision_id FROM listed_results LIMIT 1),
    pg_is_in_recovery() AND EXISTS (SELECT FROM pg_stat_wal_receiver) AS follows,
    CASE WHEN pg_is_in_recovery() AND pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
      THEN extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000
      ELSE 0 END::float8 AS behind`;

/** What keeps a replica from answering readers, in words that anybody may read; none is well. */
export async function replicaWarnings(replica: PostgresSession): Promise<string[]> {
  try {
    const look = replica.run((client) => client.query(lookAtReplica));
    const { rows } = await withDeadline(look, limits.replicaAnswerMsMax);
    if (rows[0]?.follows !== true)
      return ["the replica follows no primary: the primary answers its readers"];
    const isBehind = Number(rows[0]?.behind) > limits.replicaBehindMs;
    return isBehind ? ["the replica is behind: the primary answers those who know more"] : [];
  } catch {
    return ["the replica does not answer: the primary answers its readers"];
  }
}

function requirePosition({ rows }: { rows: { position?: unknown }[] }): string {
  const position = rows[0]?.position;
  if (typeof position === "string" && positionPattern.test(position)) return position;
  throw new LoggableError("Postgres gives no position in its log");
}

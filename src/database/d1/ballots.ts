import { invariant } from "../../invariant.ts";
import { BallotRejected, type BallotStore, type ShardProgress } from "../database.ts";
import { bulkStatements } from "./bulk-statements.ts";

/** What SQLite says of data that it will never take. Every other error is taken for an outage, so that an outage never makes dead letters. */
const rejections = [
  "SQLITE_CONSTRAINT",
  "constraint failed",
  "SQLITE_MISMATCH",
  "datatype mismatch",
  "SQLITE_TOOBIG",
  "string or blob too big",
  "malformed JSON",
];

/** Stores ballots in D1: three statements in one `batch`, which D1 runs as one transaction. */
export function d1Ballots(db: D1Database): BallotStore {
  return {
    async applyBallots(ballots) {
      const rows = JSON.stringify(
        ballots.map((ballot) => [
          ballot.decisionId,
          ballot.shard,
          ballot.seq,
          ballot.pid,
          ballot.choice,
          ballot.region,
          ballot.weight,
          ballot.acceptedAt,
        ]),
      );
      const keys = new Map(
        ballots.map(({ decisionId, shard }) => [`${decisionId}/${shard}`, [decisionId, shard]]),
      );
      const shards = JSON.stringify([...keys.values()]);
      const results = await db
        .batch<{ decision_id: string; shard: number; applied_seq: number }>([
          db.prepare(bulkStatements.insertBallots).bind(rows),
          db.prepare(bulkStatements.advanceProgress).bind(shards),
          db.prepare(bulkStatements.readProgress).bind(shards),
        ])
        .catch((error: unknown) => {
          throw isRejection(error) ? new BallotRejected(String(error), { cause: error }) : error;
        });
      const progress = results[2];
      invariant(progress !== undefined, "a batch answers every statement");
      return progress.results.map((row): ShardProgress => ({
        decisionId: row.decision_id,
        shard: row.shard,
        appliedSeq: row.applied_seq,
      }));
    },
  };
}

function isRejection(error: unknown): boolean {
  const message = String(error);
  return rejections.some((sign) => message.includes(sign));
}

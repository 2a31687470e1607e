import { invariant } from "../../shared/invariant.ts";
import {
  BallotRejected,
  type BallotForgetting,
  type BallotRemoval,
  type BallotStore,
  type ShardBallot,
  type ShardProgress,
} from "../database.ts";
import { bulkStatements } from "./bulk-statements.ts";
import { isD1Rejection } from "./rejection.ts";

/** Ballots in D1: each write's statements in one `batch`, which D1 runs as one transaction. */
export function d1Ballots(db: D1Database): BallotStore & BallotRemoval & BallotForgetting {
  return {
    async applyBallots(ballots) {
      const stored = JSON.stringify(firstRuns(ballots));
      const results = await db
        .batch<{ decision_id: string; shard: number; applied_seq: number }>([
          db.prepare(bulkStatements.insertBallots).bind(ballotsByKind(ballots)),
          db.prepare(bulkStatements.advanceProgress).bind(stored),
          db.prepare(bulkStatements.readProgress).bind(stored),
        ])
        .catch((error: unknown) => {
          throw isD1Rejection(error) ? new BallotRejected(String(error), { cause: error }) : error;
        });
      const progress = results[2];
      invariant(progress !== undefined, "a batch answers every statement");
      return progress.results.map((row): ShardProgress => ({
        decisionId: row.decision_id,
        shard: row.shard,
        appliedSeq: row.applied_seq,
      }));
    },

    async removeBallots(_decisionId, ballots) {
      const rows = JSON.stringify(ballots.map(rowOf));
      await db.batch([
        db.prepare(bulkStatements.removeBallots).bind(rows),
        db.prepare(bulkStatements.reduceProgress).bind(rows),
      ]);
    },

    async forgetBallots(decisionId, max) {
      const forgotten = await db.prepare(bulkStatements.forgetBallots).bind(decisionId, max).run();
      if (forgotten.meta.changes > 0) return "more";
      await db.batch([
        db.prepare("DELETE FROM dead_letters WHERE decision_id = ?1").bind(decisionId),
        db.prepare("DELETE FROM shard_progress WHERE decision_id = ?1").bind(decisionId),
      ]);
      return "done";
    },
  };
}

function rowOf(ballot: ShardBallot) {
  const { decisionId, shard, seq, pid, choice, region, weight, acceptedAt } = ballot;
  return [decisionId, shard, seq, pid, choice, region, weight, acceptedAt];
}

/**
 * The ballots as JSON, those that differ only in seq and pid together: what they share is sent, and
 * taken apart by SQLite, once. Ballots of one commit were accepted at the same moment, so of a busy
 * decision many are alike.
 */
function ballotsByKind(ballots: readonly ShardBallot[]): string {
  const kinds = new Map<string, { example: ShardBallot; pids: string[] }>();
  for (const ballot of ballots) {
    const { decisionId, shard, seq, pid, choice, region, weight, acceptedAt } = ballot;
    // The region is last, since it alone may hold a slash.
    const name = `${decisionId}/${shard}/${choice}/${weight}/${acceptedAt}/${region}`;
    const pidBySeq = `"${seq}":${JSON.stringify(pid)}`;
    const kind = kinds.get(name);
    if (kind === undefined) kinds.set(name, { example: ballot, pids: [pidBySeq] });
    else kind.pids.push(pidBySeq);
  }
  const texts = [...kinds.values()].map(({ example, pids }) => {
    const { decisionId, shard, choice, region, weight, acceptedAt } = example;
    const shared = JSON.stringify([decisionId, shard, choice, region, weight, acceptedAt]);
    return `[${shared},{${pids.join(",")}}]`;
  });
  return `[${texts.join(",")}]`;
}

type Run = [decisionId: string, shard: number, fromSeq: number, toSeq: number];

/**
 * The earliest run of each shard, taken together with those that follow it without a gap: what may
 * move its progress.
 */
function firstRuns(ballots: readonly ShardBallot[]): Run[] {
  const firsts = new Map<string, Run>();
  for (const run of runsOf(ballots).toSorted((a, b) => a[2] - b[2])) {
    const [decisionId, shard, fromSeq, toSeq] = run;
    const key = `${decisionId}/${shard}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, run);
    else if (fromSeq <= first[3] + 1) first[3] = Math.max(first[3], toSeq);
  }
  return [...firsts.values()];
}

/** Consecutive ballots of a shard. */
function runsOf(ballots: readonly ShardBallot[]): Run[] {
  const runs: Run[] = [];
  for (const { decisionId, shard, seq } of ballots) {
    const run = runs.at(-1);
    if (run?.[0] === decisionId && run[1] === shard && run[3] + 1 === seq) run[3] = seq;
    else runs.push([decisionId, shard, seq, seq]);
  }
  return runs;
}

import type { BallotChoice } from "../../ballot/ballot.ts";
import { invariant } from "../../invariant.ts";
import {
  BallotRejected,
  type BallotStore,
  type PlacedBallot,
  type ShardProgress,
} from "../database.ts";
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
      const runs = runsOf(ballots);
      const stored = JSON.stringify(firstRuns(runs));
      const results = await db
        .batch<{ decision_id: string; shard: number; applied_seq: number }>([
          db.prepare(bulkStatements.insertBallots).bind(JSON.stringify(runs)),
          db.prepare(bulkStatements.advanceProgress).bind(stored),
          db.prepare(bulkStatements.readProgress).bind(stored),
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

type RunCode = [
  decisionId: string,
  shard: number,
  fromSeq: number,
  ballots: [
    pid: string,
    choice: BallotChoice,
    region: string,
    weight: number,
    acceptedAt: number,
  ][],
];

/** Consecutive ballots of a shard as one run: what they share is sent, and parsed, once. */
function runsOf(ballots: readonly PlacedBallot[]): RunCode[] {
  const runs: RunCode[] = [];
  for (const { decisionId, shard, seq, pid, choice, region, weight, acceptedAt } of ballots) {
    const run = runs.at(-1);
    const code: RunCode[3][number] = [pid, choice, region, weight, acceptedAt];
    if (run?.[0] === decisionId && run[1] === shard && run[2] + run[3].length === seq)
      run[3].push(code);
    else runs.push([decisionId, shard, seq, [code]]);
  }
  return runs;
}

type StoredRun = [decisionId: string, shard: number, fromSeq: number, toSeq: number];

/** The earliest run of each shard, taken together with those that follow it without a gap: what may move its progress. */
function firstRuns(runs: readonly RunCode[]): StoredRun[] {
  const firsts = new Map<string, StoredRun>();
  for (const [decisionId, shard, fromSeq, ballots] of runs.toSorted((a, b) => a[2] - b[2])) {
    const key = `${decisionId}/${shard}`;
    const toSeq = fromSeq + ballots.length - 1;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, [decisionId, shard, fromSeq, toSeq]);
    else if (fromSeq <= first[3] + 1) first[3] = Math.max(first[3], toSeq);
  }
  return [...firsts.values()];
}

function isRejection(error: unknown): boolean {
  const message = String(error);
  return rejections.some((sign) => message.includes(sign));
}

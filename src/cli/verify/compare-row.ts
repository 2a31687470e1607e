import type { BallotAnswer } from "../api/answers.ts";
import type { Fault } from "./check-log.ts";

const figures = ["pid", "choice", "region", "weight", "accepted_at"] as const;

/** Compares a ballot of the log with the database's row of the same seq, figure by figure. */
export function compareRow(shard: number, ballot: BallotAnswer, row: BallotAnswer): Fault[] {
  const different = figures.filter((figure) => row[figure] !== ballot[figure]);
  return different.map((figure) => ({
    where: `shard ${shard}, seq ${ballot.seq}, ${figure}`,
    expected: String(ballot[figure]),
    actual: String(row[figure]),
  }));
}

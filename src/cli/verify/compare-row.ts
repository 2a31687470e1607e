import type { BallotAnswer } from "../api/answers.ts";
import type { Fault } from "./check-log.ts";

const figures = ["seq", "pid", "choice", "region", "weight", "accepted_at"] as const;

/**
 * Compares a ballot of the log with the database's row of the same seq; null where they are the
 * same.
 */
export function compareRow(
  shard: number,
  ballot: BallotAnswer,
  row: BallotAnswer | null,
): Fault | null {
  const where = `shard ${shard}, seq ${ballot.seq}`;
  if (row === null || row.seq > ballot.seq)
    return { where, expected: `a row for pid ${ballot.pid}`, actual: "no row" };
  const different = figures.find((figure) => row[figure] !== ballot[figure]);
  if (different === undefined) return null;
  return {
    where: `${where}, ${different}`,
    expected: String(ballot[different]),
    actual: String(row[different]),
  };
}

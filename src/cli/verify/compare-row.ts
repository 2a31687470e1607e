import type { BallotAnswer } from "../client/contract.ts";
import type { Fault } from "./check-log.ts";

const figures = ["seq", "pid", "choice", "region", "weight", "accepted_at"] as const;

/** Compares a ballot of the log with the row of the database at its place; null where they are the same. */
export function compareRow(
  shard: number,
  ballot: BallotAnswer,
  row: BallotAnswer | null,
): Fault | null {
  const place = `shard ${shard}, seq ${ballot.seq}`;
  if (row === null || row.seq > ballot.seq)
    return { place, expected: `a row for pid ${ballot.pid}`, actual: "no row" };
  const different = figures.find((figure) => row[figure] !== ballot[figure]);
  if (different === undefined) return null;
  return {
    place: `${place}, ${different}`,
    expected: String(ballot[different]),
    actual: String(row[different]),
  };
}

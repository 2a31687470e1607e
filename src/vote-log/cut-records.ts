import type { Ballot } from "../ballot/ballot.ts";
import { limits } from "../shared/limits.ts";
import type { RecordSource, VoteRecord } from "./vote-record.ts";

/**
 * Bytes of a ballot in a record beside its region: a 22-character pid, a weight of up to 13 digits,
 * indexes, a time, punctuation.
 */
const ballotBytes = 64;
/** A record's head with a 64-character decision id, and before it a deployment and its mac. */
const headBytes = 200 + 64 + 43 + 16;

/** Cuts a run of ballots (in seq order) into records within the log's limits of count and size. */
export function cutRecords(source: RecordSource, ballots: readonly Ballot[]): VoteRecord[] {
  const records: VoteRecord[] = [];
  let run: Ballot[] = [];
  let bytes = headBytes;
  let regions = new Set<string>();
  const finish = (): void => {
    if (run.length > 0) records.push({ ...source, ballots: run });
    run = [];
    bytes = headBytes;
    regions = new Set();
  };
  // A region's text is counted once, at the worst four bytes a UTF-16 unit could ever need when
  // escaped to UTF-8.
  const sizeOf = ({ region }: Ballot): number =>
    ballotBytes + (regions.has(region) ? 0 : 4 * region.length + 3);
  for (const ballot of ballots) {
    const isFull =
      run.length >= limits.recordBallotsMax || bytes + sizeOf(ballot) > limits.recordBytesMax;
    if (isFull) finish();
    bytes += sizeOf(ballot);
    regions.add(ballot.region);
    run.push(ballot);
  }
  finish();
  return records;
}

import { limits } from "../../src/shared/limits.ts";
import { BallotLog } from "./ballot-log.ts";
import { VoterIndex } from "./voter-index.ts";

/**
 * Writes the index of voters anew while the log's rows of a backup are written, as the votes had
 * written it: a backup has the log alone, since the index is always a little behind it.
 */
export function indexRestoredVoters(storage: DurableObjectStorage) {
  const log = new BallotLog(storage.sql, limits);
  let index: { voters: VoterIndex; seq: number } | null = null;
  return (table: string): (() => void) | null => {
    if (table !== "log") return null;
    const seq = log.lastSeq;
    // Memory that knows of a page which did not come on disk is of no use.
    const voters = index?.seq === seq ? index.voters : new VoterIndex(storage, log, limits);
    voters.read([], seq);
    return () => {
      const ballots = [...log.pidsAfter(seq)];
      voters.writeDue(seq, ballots);
      voters.keep(seq, ballots);
      index = { voters, seq: seq + ballots.length };
    };
  };
}

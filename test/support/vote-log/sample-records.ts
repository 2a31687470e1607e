import type { Ballot } from "../../../src/ballot/ballot.ts";
import type { DeadLetter } from "../../../src/database/database.ts";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { encodeRecord, type RecordSource } from "../../../src/vote-log/vote-record.ts";

/** What the sample texts are signed with. */
export const ownSignature = logSignature("river-basin", `k:${"A".repeat(43)}`);

/** A ballot of a run; its members tell its seq, so that a mix-up shows. */
export function sampleBallot(seq: number): Ballot {
  return {
    seq,
    pid: String(seq).padStart(22, "p"),
    choice: seq % 2 === 0 ? "no" : "yes",
    region: `region-${seq % 3}`,
    weight: seq,
    acceptedAt: 1_700_000_000_000 + seq,
  };
}

/** The ballots from a seq up to another, both included. */
export function sampleRun(fromSeq: number, toSeq: number): Ballot[] {
  return Array.from({ length: toSeq - fromSeq + 1 }, (_, offset) => sampleBallot(fromSeq + offset));
}

/** A signed record of the ballots from a seq up to another. */
export function sampleRecord(source: RecordSource, fromSeq: number, toSeq: number): string {
  return signText(ownSignature, encodeRecord({ ...source, ballots: sampleRun(fromSeq, toSeq) }));
}

/** A dead letter of a ballot, as it is kept. */
export function sampleDeadLetter(decisionId: string, seq: number, at = 1): DeadLetter {
  const id = `${decisionId}:0:${seq}`;
  return { id, body: "{}", decisionId, shard: 0, seq, cause: "by hand", retries: 3, at };
}

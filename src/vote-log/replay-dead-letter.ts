import type { Ballot } from "../ballot/ballot.ts";
import type { ShardAddress } from "../ballot/receipt.ts";
import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import { readSignedText, signText, type LogSignature } from "./signed-text.ts";
import { decodeRecord, encodeRecord, UnreadableRecord } from "./vote-record.ts";
import { writeRecords, type WriterDependencies } from "./write-records.ts";

/**
 * What came of a replay. `not_recorded`: the shard, which is the record, has no such ballot, so the
 * dead letter was never a vote and is dropped.
 * `unreadable`: there is nothing in it to write; if it held ballots, their shards send them again
 * by themselves.
 */
export type ReplayOutcome = "landed" | "refused" | "not_recorded" | "unreadable";

export type ReplayDependencies = WriterDependencies & {
  store: DeadLetterStore;
  readBallots(address: ShardAddress, afterSeq: number, max: number): Promise<Ballot[]>;
  /** The epoch of a shard's outbox. */
  readEpoch(address: ShardAddress): Promise<number>;
};

/**
 * Writes a dead letter's ballot once more, as the shard has it and not as the dead letter says.
 * Idempotent: a ballot that has landed stays as it is.
 */
export async function replayDeadLetter(
  deps: ReplayDependencies,
  deadLetter: DeadLetter,
): Promise<ReplayOutcome> {
  const { decisionId, shard, seq } = deadLetter;
  if (decisionId === null || shard === null || seq === null) return replayRecord(deps, deadLetter);
  // Before the ballot is written: what a rebuild undoes meanwhile is then not confirmed.
  const epoch = await deps.readEpoch({ decisionId, shard });
  const [ballot] = await deps.readBallots({ decisionId, shard }, seq - 1, 1);
  if (ballot?.seq !== seq) {
    await deps.store.dropDeadLetter(deadLetter.id);
    return "not_recorded";
  }
  const record = encodeRecord({ decisionId, shard, epoch, ballots: [ballot] });
  await writeRecords(deps, [signText(deps.signature, record)]);
  const stored = await deps.store.findDeadLetter(deadLetter.id);
  return stored?.isOpen === true ? "refused" : "landed";
}

/**
 * A whole record that an older version could not read; once it is written, its dead letter has no
 * further use.
 */
async function replayRecord(
  deps: ReplayDependencies,
  { id, body }: DeadLetter,
): Promise<ReplayOutcome> {
  if (!isReadable(deps.signature, body)) return "unreadable";
  await writeRecords(deps, [body]);
  await deps.store.dropDeadLetter(id);
  return "landed";
}

/** Whether a replay may write something, or find that there is nothing to write. */
export function isReplayable(
  signature: LogSignature,
  { decisionId, body }: Pick<DeadLetter, "decisionId" | "body">,
): boolean {
  return decisionId !== null || isReadable(signature, body);
}

/** Whether a text is a record of this deployment, of a known version. */
function isReadable(signature: LogSignature, text: string): boolean {
  try {
    decodeRecord(readSignedText(signature, text));
    return true;
  } catch (error) {
    if (error instanceof UnreadableRecord) return false;
    throw error;
  }
}

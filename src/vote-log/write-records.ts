import {
  BallotRejected,
  type BallotStore,
  type ShardBallot,
  type ShardProgress,
} from "../database/database.ts";
import type { ShardAddress } from "../ballot/receipt.ts";
import { limits } from "../shared/limits.ts";
import { deadLetterOfUnreadable, deadLetterIdOf, decodeDeadLetter } from "./dead-letter.ts";
import { storeDeadLetters, type DeadLetterKeeper } from "./store-dead-letters.ts";
import type { DeadLetter } from "../database/database.ts";
import type { DeadLetters } from "./vote-log.ts";
import { decodeRecord, encodeRecord, UnreadableRecord } from "./vote-record.ts";

/** What the writer needs. It knows no queue and no topic: whoever consumes one hands it texts. */
export type WriterDependencies = {
  store: BallotStore & DeadLetterKeeper;
  deadLetters: DeadLetters;
  /**
   * Tells a shard up to where its ballots are in the database. Reports its own failure: losing it
   * costs a repeat, never a ballot.
   */
  confirm(address: ShardAddress, appliedSeq: number): Promise<void>;
  now: () => number;
  /** A digest that names what can't be read. */
  digest: (text: string) => string;
};

/**
 * Writes delivered records into the database and returns once every ballot of them is stored or
 * durable as a dead letter: only then may the consumer acknowledge. A text says by its form what it
 * is, not by the log that it came from: a queue that gives a record up moves it among the dead
 * letters as it is, and a deployment names its queues as it likes. Ballots are applied up to 1,000
 * a transaction; of a batch that is refused the halves are tried, until the poison stands alone.
 * @throws whatever the store throws in an outage: then nothing may be acknowledged, and the same records come again.
 */
export async function writeRecords(
  deps: WriterDependencies,
  texts: readonly string[],
): Promise<void> {
  const { ballots, deadLetters, unreadable } = readRecords(texts, deps);
  if (unreadable.length > 0) await deps.deadLetters.put(unreadable);
  await storeDeadLetters(deps.store, deadLetters);

  const progress = new Map<string, ShardProgress>();
  for (let from = 0; from < ballots.length; from += limits.writerBallotsMax) {
    const batch = ballots.slice(from, from + limits.writerBallotsMax);
    for (const shard of await applyOrBisect(deps, batch)) {
      progress.set(`${shard.decisionId}/${shard.shard}`, shard);
    }
  }
  await Promise.all([...progress.values()].map((shard) => deps.confirm(shard, shard.appliedSeq)));
}

function readRecords(
  texts: readonly string[],
  { now, digest }: Pick<WriterDependencies, "now" | "digest">,
): { ballots: ShardBallot[]; deadLetters: string[]; unreadable: DeadLetter[] } {
  const ballots: ShardBallot[] = [];
  const deadLetters: string[] = [];
  const unreadable: DeadLetter[] = [];
  for (const body of texts) {
    try {
      const { decisionId, shard, ballots: run } = decodeRecord(body);
      // Member by member: a spread costs a ballot more than all the rest of this loop.
      for (const { seq, pid, choice, region, weight, acceptedAt } of run) {
        ballots.push({ decisionId, shard, seq, pid, choice, region, weight, acceptedAt });
      }
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      const more = { cause: error.message, retries: 0, at: now() };
      if (decodeDeadLetter(body) !== null) deadLetters.push(body);
      else unreadable.push(deadLetterOfUnreadable(body, more, digest));
    }
  }
  return { ballots, deadLetters, unreadable };
}

async function applyOrBisect(
  deps: WriterDependencies,
  batch: ShardBallot[],
): Promise<ShardProgress[]> {
  try {
    return await deps.store.applyBallots(batch);
  } catch (error) {
    if (!(error instanceof BallotRejected)) throw error;
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) return retryThenDeadLetter(deps, only, error);
    const half = Math.ceil(batch.length / 2);
    const first = await applyOrBisect(deps, batch.slice(0, half));
    return [...first, ...(await applyOrBisect(deps, batch.slice(half)))];
  }
}

/**
 * A ballot refused alone gets its retries, so that a passing fault taken for poison still lands,
 * then becomes a dead letter.
 */
async function retryThenDeadLetter(
  deps: WriterDependencies,
  ballot: ShardBallot,
  rejection: BallotRejected,
): Promise<ShardProgress[]> {
  let cause = rejection.message;
  for (let retry = 1; retry <= limits.writerPoisonRetriesMax; retry += 1) {
    try {
      return await deps.store.applyBallots([ballot]);
    } catch (error) {
      if (!(error instanceof BallotRejected)) throw error;
      cause = error.message;
    }
  }
  const { decisionId, shard, seq } = ballot;
  const body = encodeRecord({ decisionId, shard, ballots: [ballot] });
  const retries = limits.writerPoisonRetriesMax;
  const id = deadLetterIdOf(decisionId, shard, seq);
  await deps.deadLetters.put([
    { id, body, decisionId, shard, seq, cause, retries, at: deps.now() },
  ]);
  return [];
}

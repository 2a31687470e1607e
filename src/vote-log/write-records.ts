import {
  BallotRejected,
  type BallotStore,
  type ShardBallot,
  type ShardProgress,
} from "../database/database.ts";
import type { ShardAddress } from "../ballot/receipt.ts";
import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";
import {
  deadLetterOfUnreadable,
  deadLetterIdOf,
  decodeDeadLetter,
  isDeadLetterText,
} from "./dead-letter.ts";
import type { Confirmation } from "./outbox.ts";
import { storeDeadLetters, type DeadLetterKeeper } from "./store-dead-letters.ts";
import type { DeadLetter } from "../database/database.ts";
import type { DeadLetters } from "./vote-log.ts";
import { inChildSpan, inTraceOfText } from "../telemetry/traces/trace-scope.ts";
import { readSignedText, type LogSignature } from "./signed-text.ts";
import { decodeRecord, encodeRecord, UnreadableRecord } from "./vote-record.ts";

/** What the writer needs. It knows no queue and no topic: whoever consumes one hands it texts. */
export type WriterDependencies = {
  store: BallotStore & DeadLetterKeeper;
  deadLetters: DeadLetters;
  /**
   * Tells a shard up to where its ballots are in the database. Reports its own failure: losing it
   * costs a repeat, never a ballot.
   */
  confirm(address: ShardAddress, confirmation: Confirmation): Promise<void>;
  /** Hears of each dead letter once it is durable, to log it. */
  onDeadLetter(deadLetter: DeadLetter): void;
  now: () => number;
  /** Hears of each batch that the database was given. */
  onWritten(batch: WrittenBatch): void;
  /** What records and dead letters of this deployment are known by; others are refused. */
  signature: LogSignature;
  /** A digest that names what can't be read. */
  digest: (text: string) => string;
};

/** What came of a batch of ballots; times in ms, `lagMs` since its oldest was accepted. */
export interface WrittenBatch {
  isWritten: boolean;
  ms: number;
  lagMs: number;
}

/**
 * Writes delivered records into the database and returns once every ballot of them is stored or
 * durable as a dead letter: only then may the consumer acknowledge. What this deployment has not
 * signed becomes a dead letter, whoever it is from. A text says by its form what it is, not by the
 * log that it came from: a queue that gives a record up moves it among the dead letters as it is,
 * and a deployment names its queues as it likes. Ballots are applied up to 1,000 a transaction; of
 * a batch that is refused the halves are tried, until the poison stands alone.
 * @throws whatever the store throws in an outage: then nothing may be acknowledged, and the same
 * records come again.
 */
export async function writeRecords(
  deps: WriterDependencies,
  texts: readonly string[],
): Promise<void> {
  const { ballots, epochs, textOf, deadLetters, unreadable } = readRecords(texts, deps);
  if (unreadable.length > 0) await putDeadLetters(deps, unreadable);
  await storeDeadLetters(deps.store, deadLetters);

  const applied = new Map<string, ShardProgress>();
  for (let from = 0; from < ballots.length; from += limits.writerBallotsMax) {
    const batch = ballots.slice(from, from + limits.writerBallotsMax);
    for (const shard of await applyMeasured({ deps, epochs }, batch)) {
      applied.set(keyOf(shard), shard);
    }
  }
  await Promise.all(
    [...applied].map(([key, shard]) => {
      const epoch = epochs.get(key);
      invariant(epoch !== undefined, "the database tells the progress of what was written alone");
      return inTraceOfText(textOf.get(key) ?? 0, () =>
        deps.confirm(shard, { epoch, appliedSeq: shard.appliedSeq }),
      );
    }),
  );
}

/** What delivered texts hold. */
interface DeliveredTexts {
  ballots: ShardBallot[];
  /**
   * The newest epoch of each shard's records. A rebuild empties the database before it raises the
   * epoch, so whatever is written after a record was delivered is written after its rebuild.
   */
  epochs: Map<string, number>;
  /** The index of each shard's last text. */
  textOf: Map<string, number>;
  deadLetters: DeadLetter[];
  unreadable: DeadLetter[];
}

function keyOf({ decisionId, shard }: ShardAddress): string {
  return `${decisionId}/${shard}`;
}

function readRecords(
  texts: readonly string[],
  { now, digest, signature }: Pick<WriterDependencies, "now" | "digest" | "signature">,
): DeliveredTexts {
  const ballots: ShardBallot[] = [];
  const epochs = new Map<string, number>();
  const textOf = new Map<string, number>();
  const deadLetters: DeadLetter[] = [];
  const unreadable: DeadLetter[] = [];
  for (const [index, body] of texts.entries()) {
    try {
      const text = readSignedText(signature, body);
      if (isDeadLetterText(text)) {
        deadLetters.push(decodeDeadLetter(text));
        continue;
      }
      const record = decodeRecord(text);
      const { decisionId, shard, ballots: run } = record;
      epochs.set(keyOf(record), Math.max(epochs.get(keyOf(record)) ?? 0, record.epoch));
      textOf.set(keyOf(record), index);
      // Member by member: a spread costs a ballot more than all the rest of this loop.
      for (const { seq, pid, choice, region, weight, acceptedAt } of run) {
        ballots.push({ decisionId, shard, seq, pid, choice, region, weight, acceptedAt });
      }
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      const more = { cause: error.message, retries: 0, at: now() };
      unreadable.push(deadLetterOfUnreadable(body, more, digest));
    }
  }
  return { ballots, epochs, textOf, deadLetters, unreadable };
}

/** What writing a batch of ballots takes: with the epochs of the records that they came in. */
type BatchContext = { deps: WriterDependencies } & Pick<DeliveredTexts, "epochs">;

async function applyMeasured(
  context: BatchContext,
  batch: ShardBallot[],
): Promise<ShardProgress[]> {
  const { deps } = context;
  const beganAt = deps.now();
  let isWritten = false;
  try {
    const applied = await applyOrBisect(context, batch);
    isWritten = true;
    return applied;
  } finally {
    let oldest = Infinity;
    for (const { acceptedAt } of batch) oldest = Math.min(oldest, acceptedAt);
    deps.onWritten({ isWritten, ms: deps.now() - beganAt, lagMs: deps.now() - oldest });
  }
}

async function applyOrBisect(
  context: BatchContext,
  batch: ShardBallot[],
): Promise<ShardProgress[]> {
  try {
    return await inChildSpan("apply ballots", { kind: "client" }, () =>
      context.deps.store.applyBallots(batch),
    );
  } catch (error) {
    if (!(error instanceof BallotRejected)) throw error;
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) {
      return retryThenDeadLetter(context, only, error);
    }
    const half = Math.ceil(batch.length / 2);
    const first = await applyOrBisect(context, batch.slice(0, half));
    return [...first, ...(await applyOrBisect(context, batch.slice(half)))];
  }
}

/**
 * A ballot refused alone gets its retries, so that a passing fault taken for poison still lands,
 * then becomes a dead letter.
 */
async function retryThenDeadLetter(
  { deps, epochs }: BatchContext,
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
  const epoch = epochs.get(keyOf(ballot));
  invariant(epoch !== undefined, "a ballot comes in a record");
  const body = encodeRecord({ decisionId, shard, epoch, ballots: [ballot] });
  const retries = limits.writerPoisonRetriesMax;
  const id = deadLetterIdOf(decisionId, shard, seq);
  await putDeadLetters(deps, [
    { id, body, decisionId, shard, seq, cause, retries, at: deps.now() },
  ]);
  return [];
}

async function putDeadLetters(
  deps: WriterDependencies,
  added: readonly DeadLetter[],
): Promise<void> {
  await deps.deadLetters.put(added);
  for (const deadLetter of added) deps.onDeadLetter(deadLetter);
}

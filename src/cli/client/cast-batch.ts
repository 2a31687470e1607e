import { setTimeout as sleep } from "node:timers/promises";
import type { Choice } from "../../ballot/ballot.ts";
import type { ApiClient } from "./api-client.ts";
import { batchAnswerSchema, type ReceiptAnswer } from "./contract.ts";
import { retryDelayMs } from "./retry.ts";

/** With the longest delay of 2 s, about a minute of a shard that is gone. */
const triesMax = 30;
/** Refusals of a shard that could not look at the vote at all, so that sending it again is safe and useful. */
const repeatableCodes = new Set(["shard.overloaded", "shard.unavailable"]);

export type VoteItem = { voter_id: string; vote: Choice; region?: string; weight?: number };
export type VoteRefusal = { voter_id: string; code: string; detail: string };

export type BatchOutcome = {
  receipts: ReceiptAnswer[];
  /** How many of the receipts answer a vote that had been recorded before. */
  repeated: number;
  refusals: VoteRefusal[];
};

/**
 * Casts one vote with an Idempotency-Key, as decisions that hide their counts demand it. A key numbers the votes of a batch by their place, so
 * a batch of which only some are sent again would take them for others.
 */
export function castWithKey(
  client: ApiClient,
  decisionId: string,
  vote: VoteItem,
  key: string,
): Promise<BatchOutcome> {
  return castBatch(client, decisionId, [vote], key);
}

/** Casts at most 1,000 votes and sends again what a shard could not take, until each has a receipt or a lasting refusal. */
export async function castBatch(
  client: ApiClient,
  decisionId: string,
  votes: readonly VoteItem[],
  key?: string,
): Promise<BatchOutcome> {
  const outcome: BatchOutcome = { receipts: [], repeated: 0, refusals: [] };
  let pending = votes;
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    if (attempt > 1) await sleep(retryDelayMs(attempt, 0, Math.random()));
    const isLastTry = attempt === triesMax;
    pending = await castOnce(client, decisionId, pending, outcome, isLastTry, key);
  }
  return outcome;
}

async function castOnce(
  client: ApiClient,
  decisionId: string,
  votes: readonly VoteItem[],
  outcome: BatchOutcome,
  isLastTry: boolean,
  key?: string,
): Promise<VoteItem[]> {
  const { results } = await client.post(
    `/decisions/${decisionId}/votes/batch`,
    { votes },
    batchAnswerSchema,
    key,
  );
  if (results.length !== votes.length) {
    throw new Error(`${decisionId}: ${votes.length} votes sent, ${results.length} answered`);
  }
  const again: VoteItem[] = [];
  for (const [index, vote] of votes.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    if (result.status !== "refused") {
      outcome.receipts.push(result.receipt);
      if (result.status === "repeated") outcome.repeated += 1;
    } else if (repeatableCodes.has(result.code) && !isLastTry) {
      again.push(vote);
    } else {
      const { code, detail } = result;
      outcome.refusals.push({ voter_id: vote.voter_id, code, detail });
    }
  }
  return again;
}

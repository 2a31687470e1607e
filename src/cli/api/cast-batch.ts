import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import { randomNonce } from "../../client/draw-nonce.ts";
import { spreadDelayMs } from "../../shared/backoff.ts";
import { framed } from "../../shared/framed.ts";
import type { ReceiptAnswer, VoteItem } from "./answers.ts";
import { patientRetry } from "./connect.ts";

/** With the longest delay of 2 s, about a minute of a shard that is gone. */
const triesMax = 30;
/**
 * Refusals of a shard that could not look at the vote at all, so that sending it again is safe and
 * useful.
 */
const repeatableCodes = new Set([
  "shard.overloaded",
  "shard.unavailable",
  "decision.extension_pending",
]);

export type RefusedVote = { voter_id: string; code: string; detail: string };

export type BatchOutcome = {
  receipts: ReceiptAnswer[];
  /** How many of the receipts answer a vote that had been recorded before. */
  repeated: number;
  refusals: RefusedVote[];
};

/** Votes for one decision. A vote's nonce makes its repeat known. */
export type VoteBatch = { decisionId: string; votes: readonly VoteItem[] };

/**
 * The same votes, each with a nonce that follows from decision, voter and choice: whoever casts the
 * same file again casts the same votes. Only for votes that are public, as the nonces can be guessed.
 */
export function withPublicNonces({ decisionId, votes }: VoteBatch): VoteBatch {
  return {
    decisionId,
    votes: votes.map((vote) => ({ ...vote, nonce: publicNonce(decisionId, vote) })),
  };
}

function publicNonce(decisionId: string, { voter_id: voterId, vote }: VoteItem): string {
  const name = "enviro-governance/nonce-of-public-vote/1";
  return createHash("sha256")
    .update(framed(name, decisionId, voterId, vote))
    .digest("hex");
}

/**
 * Casts at most 1,000 votes, draws nonces for those that have none, and sends again, each with its
 * nonce, what a shard could not take, until each has a receipt or a lasting refusal.
 */
export async function castVotes(client: Client, batch: VoteBatch): Promise<BatchOutcome> {
  const outcome: BatchOutcome = { receipts: [], repeated: 0, refusals: [] };
  let pending: readonly VoteItem[] = batch.votes.map((vote) =>
    vote.nonce === undefined ? { ...vote, nonce: randomNonce() } : vote,
  );
  for (let tries = 1; pending.length > 0; tries += 1) {
    if (tries > 1) await sleep(spreadDelayMs(tries, patientRetry, Math.random()));
    const untaken = await castOnce(client, { ...batch, votes: pending }, outcome);
    if (tries === triesMax) {
      outcome.refusals.push(...untaken.map(({ refusal }) => refusal));
      break;
    }
    pending = untaken.map(({ vote }) => vote);
  }
  return outcome;
}

/**
 * Sends the votes once and notes what became of them; returns those that a shard could not look at.
 */
async function castOnce(
  client: Client,
  { decisionId, votes }: VoteBatch,
  outcome: BatchOutcome,
): Promise<{ vote: VoteItem; refusal: RefusedVote }[]> {
  const { results } = await client.call("POST /api/v1/decisions/{decisionId}/votes/batch", {
    path: { decisionId },
    body: { votes: [...votes] },
  });
  if (results.length !== votes.length) {
    throw new Error(`${decisionId}: ${votes.length} votes sent, ${results.length} answered`);
  }
  const untaken: { vote: VoteItem; refusal: RefusedVote }[] = [];
  for (const [index, vote] of votes.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    if (result.status !== "refused") {
      outcome.receipts.push(result.receipt);
      if (result.status === "repeated") outcome.repeated += 1;
      continue;
    }
    const refusal = { voter_id: vote.voter_id, code: result.code, detail: result.detail };
    if (repeatableCodes.has(result.code)) untaken.push({ vote, refusal });
    else outcome.refusals.push(refusal);
  }
  return untaken;
}

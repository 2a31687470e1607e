import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import { castVotes, withPublicNonces, type RefusedVote } from "../api/cast-batch.ts";
import type { ReceiptAnswer, VoteItem } from "../api/answers.ts";
import { closeAndSeal, draftDecision, readCountedResults } from "../api/decisions.ts";
import { compareTallies, type TallyDifference } from "../count/compare-tallies.ts";
import { totalBallots, sumRegions, type TallyCount } from "../count/tally-count.ts";
import type { FileElectorate } from "./electorate.ts";
import type { ReplayBatch } from "./group-buffer.ts";
import type { Question } from "./questions.ts";

/** An open decision's result follows its shards by a second or two. */
const resultsPatienceMs = 10_000;
const resultsPollMs = 100;

export type DecisionWork = {
  client: Client;
  electorate: FileElectorate;
  batchVotes: number;
  /** Shards of each decision. */
  shards: number;
  isKeptOpen: boolean;
  onReceipt: (receipt: ReceiptAnswer) => void;
};

export type SendOutcome = {
  decisionId: string;
  accepted: number;
  repeated: number;
  refusals: RefusedVote[];
};

/**
 * Puts a batch's votes to its decision, which is created and opened on the way. Doing it again
 * changes nothing.
 */
export async function sendBatch(
  work: DecisionWork,
  { slug, question, batch }: { slug: string; question: Question; batch: ReplayBatch },
): Promise<SendOutcome> {
  const { client, electorate, shards } = work;
  // Also where it was created before: an earlier run may have died before the answer, and only the
  // answer says that its shards are open.
  const { id: decisionId } = await draftDecision(client, {
    slug,
    ...question,
    // What is replayed are roll calls, names and all.
    disclosure: "roll_call",
    // It ends when its last vote has been sent.
    ends_early: "by_organiser",
    regions: electorate.regions.map((code) => ({ code, name: code })),
    weight_max: 1,
    shards,
    open: true,
  });

  const outcome: SendOutcome = { decisionId, accepted: 0, repeated: 0, refusals: [] };
  const items = batch.votes.map(({ voter, choice }) => toItem(electorate, voter, choice));
  for (let start = 0; start < items.length; start += work.batchVotes) {
    const votes = items.slice(start, start + work.batchVotes);
    const { receipts, repeated, refusals } = await castVotes(
      client,
      withPublicNonces({ decisionId, votes }),
    );
    for (const receipt of receipts) work.onReceipt(receipt);
    outcome.accepted += receipts.length - repeated;
    outcome.repeated += repeated;
    outcome.refusals.push(...refusals);
  }
  return outcome;
}

/**
 * Ends a decision, unless it is to stay open, and compares its published result with the count of
 * the file.
 */
export async function finishDecision(
  work: DecisionWork,
  decisionId: string,
  count: TallyCount,
): Promise<TallyDifference[]> {
  if (work.isKeptOpen) return compareOpen(work.client, decisionId, count);
  await closeAndSeal(work.client, decisionId);
  return compareTallies(count, await readCountedResults(work.client, decisionId));
}

async function compareOpen(
  client: Client,
  decisionId: string,
  count: TallyCount,
): Promise<TallyDifference[]> {
  const giveUpAt = Date.now() + resultsPatienceMs;
  const expected = totalBallots(sumRegions(count));
  for (;;) {
    const results = await readCountedResults(client, decisionId);
    if (results.total.ballots >= expected || Date.now() >= giveUpAt)
      return compareTallies(count, results);
    await sleep(resultsPollMs);
  }
}

function toItem(electorate: FileElectorate, index: number, vote: VoteItem["vote"]): VoteItem {
  const voter = electorate.voters[index];
  if (voter === undefined) throw new Error(`the electorate has no voter ${index}`);
  return { voter_id: voter.id, vote, region: voter.region };
}

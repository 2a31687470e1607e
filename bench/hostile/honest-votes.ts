import { setTimeout as sleep } from "node:timers/promises";
import { randomNonce } from "../../src/client/draw-nonce.ts";
import { Client } from "undici";
import { voteTokens, type VoteTokenPlan } from "../votes/load/vote-tokens.ts";

export interface HonestPlan extends VoteTokenPlan {
  origin: string;
  /** Voters who send at one time, each on a connection of its own. */
  voters: number;
}

export interface HonestReport {
  /** Every receipt as it was answered, in JSON. */
  receipts: string[];
  /** Milliseconds until each receipt, tries that failed included. */
  latencies: number[];
  /** Answers that were no receipt, by status. */
  failures: Record<string, number>;
}

const pauseMs = 80;
/** Voters of a hall: so many addresses for all of them. */
const addresses = 40;
const triesMax = 20;
const tryAgainMs = 250;

/** Casts one vote for each token, each until it has its receipt, as a patient voter does. */
export async function castHonestVotes(plan: HonestPlan): Promise<HonestReport> {
  const tokens = await voteTokens(plan);
  const report: HonestReport = { receipts: [], latencies: [], failures: {} };
  let next = 0;
  const voteInTurn = async (): Promise<void> => {
    const client = new Client(plan.origin);
    for (let index = next++; index < tokens.length; index = next++) {
      const token = tokens[index] ?? "";
      await castOne(client, { decisionId: plan.decisionId, token, index }, report);
      await sleep(pauseMs);
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: plan.voters }, voteInTurn));
  return report;
}

/** @throws where no try gives a receipt: that vote was not taken */
async function castOne(
  client: Client,
  { decisionId, token, index }: { decisionId: string; token: string; index: number },
  report: HonestReport,
): Promise<void> {
  const vote = index % 3 === 0 ? "no" : "yes";
  const body = JSON.stringify({ decision_id: decisionId, vote, nonce: randomNonce() });
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${token}`,
    "cf-connecting-ip": `192.0.2.${index % addresses}`,
  };
  const startedAt = performance.now();
  for (let tries = 1; tries <= triesMax; tries += 1) {
    const path = "/api/v1/voting/cast-vote";
    const answer = await client.request({ method: "POST", path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode === 201) {
      report.receipts.push(text);
      report.latencies.push(performance.now() - startedAt);
      return;
    }
    report.failures[answer.statusCode] = (report.failures[answer.statusCode] ?? 0) + 1;
    await sleep(tryAgainMs);
  }
  throw new Error(`a vote had no receipt after ${triesMax} tries`);
}

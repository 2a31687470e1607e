import { createApiClient, type ApiClient } from "../client/api-client.ts";
import { ApiError } from "../client/api-error.ts";
import { auditSchema, type DecisionAnswer } from "../client/contract.ts";
import { listRecordedIds, readDecision } from "../client/decisions.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";
import { startProgress } from "../command-line/progress.ts";
import { checkActs } from "./check-acts.ts";
import { checkList } from "./check-list.ts";
import type { VerifyOptions } from "./options.ts";
import { readReceipts } from "./read-receipts.ts";
import { VerifySummary } from "./summary.ts";
import { verifyDecision } from "./verify-decision.ts";
import { WaitBudget } from "./wait-budget.ts";

const decisionsMax = 1_000_000;

/** Verifies one decision or all of a running instance against their own logs. */
export async function runVerify(
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<VerifySummary> {
  const startedAt = performance.now();
  const receipts = await readReceipts(options.receipts, options.decision);
  const { origin, key, concurrency } = options;
  const client = createApiClient({ origin, key, connections: concurrency * 2, signal });
  // One decision can be as much work as thousands, so alone it shows its ballots.
  const alone = options.decision;
  const ids = alone === null ? await recordedIds(client) : [alone];
  const progress =
    alone === null
      ? startProgress("verify", "decisions", ids.length)
      : startProgress("verify", "ballots", await ballotsOf(client, alone));
  const summary = new VerifySummary((line) => progress.note(line));
  const work = {
    client,
    receipts,
    budget: new WaitBudget(options.waitSeconds),
    onBallots: (count: number) => progress.advance(alone === null ? 0 : count),
  };
  const statuses = new Map<string, DecisionAnswer["status"]>();

  try {
    await forEachConcurrently(ids, concurrency, async (id: string) => {
      const decision = await findDecision(client, id);
      if (decision !== null) {
        if (isHidden(decision)) summary.passOver(id);
        else summary.add(await verifyDecision(work, decision));
        statuses.set(id, decision.status);
      }
      progress.advance(alone === null ? 1 : 0);
    });
    summary.missing(receipts, statuses);
    if (alone === null) {
      summary.note(await checkList(client, statuses, work.budget));
      const acts = { path: "/audit/acts", place: "registry", decision: "API keys" };
      summary.note(await checkActs(client, acts));
    }
    summary.end(performance.now() - startedAt);
  } finally {
    progress.finish();
    await client.close();
  }
  return summary;
}

/** Whether its record can't be read yet, with whatever key. */
function isHidden({ visibility, status }: DecisionAnswer): boolean {
  return visibility !== "live" && status !== "closed" && status !== "certified";
}

async function ballotsOf(client: ApiClient, id: string): Promise<number> {
  const decision = await findDecision(client, id);
  if (decision === null || isHidden(decision)) return 0;
  const { shards } = await client.get(`/decisions/${id}/audit`, auditSchema);
  return shards.reduce((sum, shard) => sum + shard.seq, 0);
}

/** The ids are read before anything is verified, so that progress has an end: 100 MB at most. */
async function recordedIds(client: ApiClient): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of listRecordedIds(client)) {
    ids.push(id);
    if (ids.length > decisionsMax) throw new Error(`more than ${decisionsMax} decisions`);
  }
  return ids;
}

/** Null for an id that was registered by a creation that never came to its end: nobody was told that it exists. */
async function findDecision(client: ApiClient, id: string): Promise<DecisionAnswer | null> {
  try {
    return await readDecision(client, id);
  } catch (error) {
    if (error instanceof ApiError && error.code === "decision.not_found") return null;
    throw error;
  }
}

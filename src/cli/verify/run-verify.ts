import { ApiError } from "../../client/client-errors.ts";
import type { Client } from "../../client/client.ts";
import type { DecisionAnswer } from "../api/answers.ts";
import { connectClient } from "../api/connect.ts";
import { listRecordedIds, readAudit, fetchDecision } from "../api/decisions.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";
import { startProgress } from "../command-line/progress.ts";
import { exitStatus, UsageError } from "../command-line/usage-error.ts";
import { checkAuditLog, auditLogOfKeys } from "./check-audit-log.ts";
import { checkList } from "./check-list.ts";
import type { AuditVerifyOptions, VerifyOptions } from "./options.ts";
import { pagesSource } from "./pages-source.ts";
import { readReceipts } from "./read-receipts.ts";
import type { ReceiptIndex } from "./receipt-index.ts";
import { runPublicVerify } from "./run-public-verify.ts";
import { VerifySummary, type VerifyVerdict } from "./summary.ts";
import { verifyDecision, type VerifyWork } from "./verify-decision.ts";
import { WaitBudget } from "./wait-budget.ts";

const decisionsMax = 1_000_000;

const exitStatusOf = {
  exact: exitStatus.ok,
  different: exitStatus.differences,
  unverified: exitStatus.failed,
} satisfies Record<VerifyVerdict, number>;

/** Verifies what the options say and prints what it came to. */
export async function verify(options: VerifyOptions): Promise<number> {
  if (options.kind === "public") return runPublicVerify(options);
  const summary = await runVerify(options, abortOnSignals());
  console.log(summary.lines().join("\n"));
  return exitStatusOf[summary.verdict];
}

/**
 * Verifies one decision or all of a running instance against their own logs.
 * @throws {UsageError} where the decision that is named, or a receipt of what is to be verified, is not there
 */
async function runVerify(options: AuditVerifyOptions, signal: AbortSignal): Promise<VerifySummary> {
  const { origin, key, concurrency, decision } = options;
  const log = (line: string): void => console.error(line);
  const receipts = await readReceipts(options.receipts, decision);
  if (options.receipts.length > 0 && receipts.size === 0)
    throw new UsageError(`no receipt of ${decision ?? "any decision"} in the files given`);
  const client = connectClient({ origin, key, connections: concurrency * 2, signal, log });
  try {
    if (decision !== null && receipts.countOf(decision) === 0) {
      // A name that nothing has is a slip of whoever typed it. With a receipt of it, it would be a
      // lost decision.
      const found = await findDecision(client, decision);
      if (found === null) throw new UsageError(`there is no decision ${decision} on ${origin}`);
    }
    const sourceOf = (id: string) => pagesSource(client, id);
    return await verifyWith({ client, sourceOf }, options, receipts);
  } finally {
    await client.close();
  }
}

async function verifyWith(
  { client, sourceOf }: Pick<VerifyWork, "client" | "sourceOf">,
  options: AuditVerifyOptions,
  receipts: ReceiptIndex,
): Promise<VerifySummary> {
  const startedAt = performance.now();
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
    sourceOf,
    receipts,
    budget: new WaitBudget(options.waitSeconds),
    onBallots: (count: number) => progress.advance(alone === null ? 0 : count),
  };
  const statuses = new Map<string, DecisionAnswer["status"]>();

  try {
    await forEachConcurrently(ids, options.concurrency, async (id: string) => {
      const decision = await findDecision(client, id);
      if (decision !== null) {
        if (isHidden(decision)) summary.passOver(id, receipts.countOf(id));
        else summary.add(await verifyDecision(work, decision));
        statuses.set(id, decision.status);
      }
      progress.advance(alone === null ? 1 : 0);
    });
    summary.missing(receipts, statuses);
    if (alone === null) {
      summary.noteList(await checkList(client, statuses, work.budget));
      summary.note(await checkAuditLog(auditLogOfKeys(client)));
    }
    summary.end(performance.now() - startedAt);
  } finally {
    progress.finish();
  }
  return summary;
}

/** Whether its record can't be read yet, with whatever key. */
function isHidden({ disclosure, visibility, status }: DecisionAnswer): boolean {
  const isShownLive = visibility === "live" && disclosure === "roll_call";
  return !isShownLive && status !== "closed" && status !== "certified";
}

async function ballotsOf(client: Client, id: string): Promise<number> {
  const decision = await findDecision(client, id);
  if (decision === null || isHidden(decision)) return 0;
  const { shards } = await readAudit(client, id);
  return shards.reduce((sum, shard) => sum + shard.seq, 0);
}

/** The ids are read before anything is verified, so that progress has an end: 100 MB at most. */
async function recordedIds(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of listRecordedIds(client)) {
    ids.push(id);
    if (ids.length > decisionsMax) throw new Error(`more than ${decisionsMax} decisions`);
  }
  return ids;
}

/**
 * Null for an id that was registered by a creation that never came to its end: nobody was told that
 * it exists.
 */
async function findDecision(client: Client, id: string): Promise<DecisionAnswer | null> {
  try {
    return await fetchDecision(client, id);
  } catch (error) {
    if (error instanceof ApiError && error.code === "decision.not_found") return null;
    throw error;
  }
}

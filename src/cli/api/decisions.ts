import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import { isSettled } from "../../decision/lifecycle.ts";
import type { AuditAnswer, CountedResults, DecisionAnswer, DecisionDraftBody } from "./answers.ts";
import { listAll } from "./list-all.ts";

/** Sealing waits for every shard; half a minute covers shards that are being started again. */
const closingPatienceMs = 30_000;
const closingPollMs = 50;

/** Creates a decision, or finds the same one created before. */
export function draftDecision(
  client: Client,
  body: DecisionDraftBody & { slug: string },
): Promise<DecisionAnswer> {
  return client.call("POST /api/v1/decisions", { body });
}

export function fetchDecision(client: Client, decisionId: string): Promise<DecisionAnswer> {
  return client.call("GET /api/v1/decisions/{decisionId}", { path: { decisionId } });
}

export function openDraft(client: Client, decisionId: string): Promise<DecisionAnswer> {
  return client.call("POST /api/v1/decisions/{decisionId}/open", {
    path: { decisionId },
    body: {},
  });
}

/** Closes a decision and returns when its shards are sealed, so that its results are final. */
export async function closeAndSeal(client: Client, decisionId: string): Promise<DecisionAnswer> {
  const giveUpAt = Date.now() + closingPatienceMs;
  const path = { decisionId };
  let decision = await client.call("POST /api/v1/decisions/{decisionId}/close", { path });
  while (decision.status === "closing" && Date.now() < giveUpAt) {
    await sleep(closingPollMs);
    decision = await fetchDecision(client, decisionId);
  }
  if (!isSettled(decision.status)) {
    throw new Error(
      `${decisionId} is ${decision.status} ${closingPatienceMs} ms after it was closed`,
    );
  }
  return decision;
}

/** What the record, the room and the database hold of a decision. */
export function readAudit(client: Client, decisionId: string): Promise<AuditAnswer> {
  return client.call("GET /api/v1/decisions/{decisionId}/audit", { path: { decisionId } });
}

/** The results of a decision that shows its counts; fails for one that does not. */
export async function readCountedResults(
  client: Client,
  decisionId: string,
): Promise<CountedResults> {
  const path = { decisionId };
  const results = await client.call("GET /api/v1/decisions/{decisionId}/results", { path });
  if (results.shows !== "counts")
    throw new Error(`${decisionId} shows ${results.shows}, no counts`);
  return results;
}

/** Every decision as the database lists it: what the public sees. */
export function listPublicDecisions(client: Client): AsyncGenerator<DecisionAnswer> {
  return listAll((query) => client.call("GET /api/v1/decisions", { query }));
}

/** The id of every decision that was ever created, from the record. */
export function listRecordedIds(client: Client): AsyncGenerator<string> {
  return listAll((query) => client.call("GET /api/v1/audit/decisions", { query }));
}

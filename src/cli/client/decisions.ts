import { setTimeout as sleep } from "node:timers/promises";
import { isSettled } from "../../decision/lifecycle.ts";
import type { ApiClient } from "./api-client.ts";
import {
  decisionIdListSchema,
  decisionListSchema,
  decisionSchema,
  type DecisionAnswer,
} from "./contract.ts";
import { listAll } from "./list-all.ts";

/** Sealing waits for every shard; half a minute covers shards that are being started again. */
const closingPatienceMs = 30_000;
const closingPollMs = 50;

export type DecisionDraftBody = {
  id: string;
  title: string;
  description: string;
  regions: { code: string; name: string }[];
  weight_max: number;
  electorate?: "open" | "roll";
  visibility?: "live" | "turnout" | "sealed";
  rule?: object;
  shards?: number;
  /** Open it in the same step. */
  open?: boolean;
};

/** Creates a decision, or finds the same one created before. */
export function createDecision(
  client: ApiClient,
  draft: DecisionDraftBody,
): Promise<DecisionAnswer> {
  return client.post("/decisions", draft, decisionSchema);
}

export function readDecision(client: ApiClient, id: string): Promise<DecisionAnswer> {
  return client.get(`/decisions/${encodeURIComponent(id)}`, decisionSchema);
}

export function openDecision(client: ApiClient, id: string): Promise<DecisionAnswer> {
  return client.post(`/decisions/${id}/open`, {}, decisionSchema);
}

/** Closes a decision and returns when its shards are sealed, so that its results are final. */
export async function closeDecision(client: ApiClient, id: string): Promise<DecisionAnswer> {
  const giveUpAt = Date.now() + closingPatienceMs;
  let decision = await client.post(`/decisions/${id}/close`, {}, decisionSchema);
  while (decision.status === "closing" && Date.now() < giveUpAt) {
    await sleep(closingPollMs);
    decision = await readDecision(client, id);
  }
  if (!isSettled(decision.status)) {
    throw new Error(`${id} is ${decision.status} ${closingPatienceMs} ms after it was closed`);
  }
  return decision;
}

/** Every decision as the database lists it: what the public sees. */
export function listDecisions(client: ApiClient): AsyncGenerator<DecisionAnswer> {
  return listAll((query) => client.get(`/decisions?${query}`, decisionListSchema));
}

/** The id of every decision that was ever created, from the record. */
export function listRecordedIds(client: ApiClient): AsyncGenerator<string> {
  return listAll((query) => client.get(`/audit/decisions?${query}`, decisionIdListSchema));
}

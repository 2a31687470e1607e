import type { Answer } from "../../../client/routes.ts";
import { readProblem, readTimeoutMs, Refusal } from "../../api/read-api.ts";
import { decisionResource } from "../../api/queries.ts";
import type { ApiDecision } from "../../contract.ts";
import type { DraftBody } from "./draft-body.ts";

/** A decision as it was read or written, with the tag that a change of it names. */
export type TaggedDecision = { decision: ApiDecision; etag: string };

/** Reads a decision as whoever is signed in. */
export async function readTagged(id: string, signal?: AbortSignal): Promise<TaggedDecision> {
  return tagged(await send("GET", decisionResource(id), { signal }));
}

/** Drafts a decision; the same slug and body again find it. */
export async function createDraft(slug: string, draft: DraftBody): Promise<TaggedDecision> {
  return tagged(await send("POST", "/api/v1/decisions", { body: { slug, ...draft } }));
}

/** Changes a draft while it is as `etag` says; refused with `decision.changed` where it is not. */
export async function changeDraft(
  { decision, etag }: TaggedDecision,
  changes: Partial<DraftBody>,
): Promise<TaggedDecision> {
  const ask = { body: changes, ifMatch: etag };
  return tagged(await send("PATCH", decisionResource(decision.id), ask));
}

/**
 * Deletes a draft while it is as `etag` says. It is cancelled first, and that names the draft too: a
 * vote that somebody has opened meanwhile goes on.
 */
export async function removeDraft(draft: TaggedDecision): Promise<void> {
  const { id } = draft.decision;
  const cancelled =
    draft.decision.status === "cancelled"
      ? draft
      : await tagged(await send("POST", decisionResource(id, "/cancel"), { ifMatch: draft.etag }));
  await send("DELETE", decisionResource(id), { ifMatch: cancelled.etag });
}

interface SentAsk {
  body?: object;
  ifMatch?: string;
  signal?: AbortSignal | undefined;
}

/** @throws {Refusal} the API refused */
async function send(method: string, path: string, { body, ifMatch, signal }: SentAsk) {
  const timeout = AbortSignal.timeout(readTimeoutMs);
  const response = await fetch(path, {
    method,
    cache: "no-store",
    credentials: "same-origin",
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Refusal(await readProblem(response));
  return response;
}

async function tagged(response: Response): Promise<TaggedDecision> {
  // The contract fixes the shape of the answer, and its server validates it in tests.
  const decision = (await response.json()) as Answer<"GET /api/v1/decisions/{decisionId}">;
  return { decision, etag: response.headers.get("etag") ?? "" };
}

import { inject } from "vitest";
import type { DecisionAnswer, DecisionDraftBody, VoteItem } from "../../../src/cli/api/answers.ts";
import { castVotes } from "../../../src/cli/api/cast-batch.ts";
import {
  closeAndSeal,
  draftDecision,
  fetchDecision,
  openDraft,
  readAudit,
} from "../../../src/cli/api/decisions.ts";
import { createClient } from "../../../src/client/client.ts";
import { eventually } from "../worker/eventually.ts";

const client = createClient({ origin: inject("origin"), credential: inject("adminKey") });

/** Opens a decision that its organiser may close, unless `body` says otherwise. */
export async function openDecision(
  body: DecisionDraftBody & { slug: string },
): Promise<DecisionAnswer> {
  return draftDecision(client, { ends_early: "by_organiser", open: true, ...body });
}

/** Opens a decision whose organiser has drawn its regions. */
export async function openMapped(
  body: DecisionDraftBody & { slug: string },
  map: Record<string, unknown>,
): Promise<DecisionAnswer> {
  const { id: decisionId } = await draftDecision(client, { ends_early: "by_organiser", ...body });
  await client.call("PUT /api/v1/decisions/{decisionId}/map", { path: { decisionId }, body: map });
  return openDraft(client, decisionId);
}

/** The link that an organiser sends to a voter. */
export async function ballotLink(decisionId: string, voter: Voter): Promise<string> {
  return `/decisions/${decisionId}/ballot#token=${await ballotToken(decisionId, voter)}`;
}

interface Voter {
  voter_id: string;
  region?: string;
  weight?: number;
  name?: string;
}

export async function ballotToken(decisionId: string, voter: Voter): Promise<string> {
  const { tokens } = await client.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId },
    body: { voters: [voter] },
  });
  const [issued] = tokens;
  if (issued === undefined) throw new Error("no token was issued");
  return issued.token;
}

/** Casts votes as a polling station does. */
export async function castAtStation(decisionId: string, votes: VoteItem[]): Promise<void> {
  const { refusals } = await castVotes(client, { decisionId, votes });
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
}

/** Closes a decision, and returns once its result is final. */
export async function close(decisionId: string): Promise<void> {
  await closeAndSeal(client, decisionId);
}

/** Returns once the database has refused a ballot of a decision. */
export async function untilBallotRefused(decisionId: string): Promise<void> {
  await eventually(`a refused ballot of ${decisionId}`, async () => {
    const { database } = await readAudit(client, decisionId);
    return database.dead_letters > 0 ? true : null;
  });
}

/** Closes a decision, and returns once it is certified. */
export async function closeAndCertify(decisionId: string): Promise<void> {
  await close(decisionId);
  await eventually(`the certificate of ${decisionId}`, async () => {
    const { status } = await fetchDecision(client, decisionId);
    return status === "certified" ? true : null;
  });
}

/** Ends a decision without a result. */
export async function cancelDecision(decisionId: string): Promise<void> {
  await client.call("POST /api/v1/decisions/{decisionId}/cancel", { path: { decisionId } });
}

/** As many votes of voters of their own, in turn of these. */
export function votesOf(
  count: number,
  vote: VoteItem["vote"],
  rest: Partial<VoteItem> = {},
): VoteItem[] {
  return Array.from({ length: count }, (_, index) => ({
    voter_id: `${vote}-${index}`,
    vote,
    ...rest,
  }));
}

/** The title of the decision that stands first in the list, whatever other tests have made. */
export async function firstListedTitle(): Promise<string> {
  const { items } = await client.call("GET /api/v1/decisions", { query: {} });
  const [first] = items;
  if (first === undefined) throw new Error("no decision is listed");
  return first.title;
}

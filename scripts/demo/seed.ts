import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../src/client/client-errors.ts";
import type { Client } from "../../src/client/client.ts";
import type { DecisionAnswer, VoteItem } from "../../src/cli/api/answers.ts";
import { castVotes, withPublicNonces, type VoteBatch } from "../../src/cli/api/cast-batch.ts";
import { connectClient } from "../../src/cli/api/connect.ts";
import {
  closeAndSeal,
  draftDecision,
  openDraft,
  fetchDecision,
  listPublicDecisions,
} from "../../src/cli/api/decisions.ts";
import { uploadRoll } from "../../src/cli/api/upload-roll.ts";
import { memberVotes } from "./member-votes.ts";
import { readDemoRollCalls, type DemoDecision } from "./roll-calls.ts";

export type Demo = {
  decisions: { id: string; title: string }[];
  /** The decision that still takes votes, and the token of a voter who has not voted in it. */
  openDecision: { id: string; title: string; voterToken: string };
};

const demoConnections = 4;
/** Outside roll calls figures move when ten more have voted in a region: there are three of those. */
const portionVotes = 40;
/** Longer than a shard waits to report and a room between two releases. */
const portionPauseMs = 600;

export type DemoInstance = { origin: string; adminKey: string };

/**
 * Puts real roll calls about the environment into an instance, and two invented secret votes. Doing it again changes nothing, but
 * issues a token for a new voter.
 */
export async function seedDemo(
  options: DemoInstance & { log: (line: string) => void },
): Promise<Demo> {
  const [open, ...closed] = readDemoRollCalls();
  if (open === undefined) throw new Error("the demonstration has no roll call");
  const client = connectClient({
    origin: options.origin,
    key: options.adminKey,
    connections: demoConnections,
  });
  try {
    options.log(
      `seeding ${closed.length + 1} decisions with real votes of the UN General Assembly, and ${memberVotes.length} with invented ones`,
    );
    const others = await Promise.all([
      ...closed.map((rollCall) => seedDecision(client, rollCall, endOf(rollCall))),
      ...memberVotes.map((each) => seedDecision(client, each, each.endsOpen ? "open" : "closed")),
    ]);
    const { id, title, status } = await seedDecision(client, open, "open");
    if (status !== "open") options.log(`${id} is ${status}: it takes no votes any more`);
    return {
      decisions: [{ id, title }, ...others.map((other) => ({ id: other.id, title: other.title }))],
      openDecision: { id, title, voterToken: await issueToken(client, id) },
    };
  } finally {
    await client.close();
  }
}

/** The part of the open decision's votes that is cast before anyone looks. */
export function firstHalf(votes: readonly VoteItem[]): VoteItem[] {
  return votes.slice(0, Math.ceil(votes.length / 2));
}

async function seedDecision(
  client: Client,
  { draft, votes, roll, map }: DemoDecision,
  until: "open" | "closed" = "closed",
): Promise<DecisionAnswer> {
  const decision = await findOrCreate(client, draft);
  const { id: decisionId, status } = decision;
  if (status !== "draft" && status !== "open") return decision;
  if (status === "draft" && roll !== null) {
    const file = new Blob([roll], { type: "text/csv" });
    await uploadRoll(client, { decisionId, file });
  }
  if (status === "draft" && map !== null) {
    const name = "PUT /api/v1/decisions/{decisionId}/map";
    await client.call(name, { path: { decisionId }, body: map });
  }
  await openDraft(client, decisionId);
  const cast = until === "open" ? firstHalf(votes) : votes;
  for (let from = 0; from < cast.length; from += portionVotes) {
    if (from > 0) await sleep(portionPauseMs);
    await castAll(client, { decisionId, votes: cast.slice(from, from + portionVotes) });
  }
  return until === "open" ? fetchDecision(client, decisionId) : closeAndSeal(client, decisionId);
}

/** Casts votes, all of which are public: they stand in this repository. */
async function castAll(client: Client, batch: VoteBatch): Promise<void> {
  const { refusals } = await castVotes(client, withPublicNonces(batch));
  const [refusal] = refusals;
  if (refusal === undefined) return;
  throw new Error(`${batch.decisionId}: ${refusal.code} ${refusal.detail}`);
}

/** What hides its counts is left open, so that there is something hidden to see. */
function endOf({ draft }: DemoDecision): "open" | "closed" {
  return draft.visibility === "live" ? "closed" : "open";
}

/**
 * A state folder seeded by an older version may word a decision differently; what is there stays.
 */
async function findOrCreate(client: Client, draft: DemoDecision["draft"]): Promise<DecisionAnswer> {
  try {
    return await draftDecision(client, draft);
  } catch (error) {
    const isThere = error instanceof ApiError && error.code === "decision.exists";
    if (!isThere) throw error;
    for await (const decision of listPublicDecisions(client)) {
      if (decision.id.startsWith(`${draft.slug}-`)) return decision;
    }
    throw error;
  }
}

/** A new voter at every start, so that the printed command casts a vote every time. */
async function issueToken(client: Client, decisionId: string): Promise<string> {
  const voter = { voter_id: `guest-${Date.now()}`, region: "Europe" };
  const { tokens } = await client.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId },
    body: { voters: [voter] },
  });
  const token = tokens[0]?.token;
  if (token === undefined) throw new Error("no token was issued");
  return token;
}

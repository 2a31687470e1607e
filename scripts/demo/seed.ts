import { Readable } from "node:stream";
import { createApiClient, type ApiClient } from "../../src/cli/client/api-client.ts";
import { ApiError } from "../../src/cli/client/api-error.ts";
import { castBatch, castWithKey, type VoteItem } from "../../src/cli/client/cast-batch.ts";
import { tokensAnswerSchema, type DecisionAnswer } from "../../src/cli/client/contract.ts";
import {
  closeDecision,
  createDecision,
  openDecision,
  readDecision,
} from "../../src/cli/client/decisions.ts";
import { forEachConcurrently } from "../../src/cli/command-line/for-each-concurrently.ts";
import { uploadRoll } from "../../src/cli/client/upload-roll.ts";
import { readDemoRollCalls, type DemoRollCall } from "./roll-calls.ts";

export type Demo = {
  decisions: { id: string; title: string }[];
  /** The decision that still takes votes, and the token of a voter who has not voted in it. */
  openDecision: { id: string; title: string; voterToken: string };
};

const demoConnections = 4;

export type DemoInstance = { origin: string; adminKey: string };

/** Puts real roll calls about the environment into an instance. Doing it again changes nothing, but issues a token for a new voter. */
export async function seedDemo(
  options: DemoInstance & { log: (line: string) => void },
): Promise<Demo> {
  const [open, ...closed] = readDemoRollCalls();
  if (open === undefined) throw new Error("the demonstration has no roll call");
  const client = createApiClient({
    origin: options.origin,
    key: options.adminKey,
    connections: demoConnections,
  });
  try {
    options.log(
      `seeding ${closed.length + 1} decisions with real votes of the UN General Assembly`,
    );
    await Promise.all(
      closed.map((rollCall) => seedDecision(options, client, rollCall, endOf(rollCall))),
    );
    const { id, status } = await seedDecision(options, client, open, "open");
    if (status !== "open") options.log(`${id} is ${status}: it takes no votes any more`);
    const title = open.draft.title;
    return {
      decisions: [open, ...closed].map(({ draft }) => ({ id: draft.id, title: draft.title })),
      openDecision: { id, title, voterToken: await issueToken(client, open) },
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
  { origin, adminKey: key }: DemoInstance,
  client: ApiClient,
  { draft, votes, roll }: DemoRollCall,
  until: "open" | "closed" = "closed",
): Promise<DecisionAnswer> {
  const decision = await findOrCreate(client, draft);
  if (decision.status !== "draft" && decision.status !== "open") return decision;
  if (decision.status === "draft" && roll !== null) {
    const body = Readable.from([roll]);
    const file = { body, contentType: "text/csv", bytes: Buffer.byteLength(roll) } as const;
    await uploadRoll(client, { origin, key, decisionId: draft.id, file, onProgress: () => {} });
  }
  await openDecision(client, draft.id);
  await castAll(client, draft, until === "open" ? firstHalf(votes) : votes);
  return until === "open" ? readDecision(client, draft.id) : closeDecision(client, draft.id);
}

/** What hides its counts is left open, so that there is something hidden to see. */
function endOf({ draft }: DemoRollCall): "open" | "closed" {
  return draft.visibility === "live" ? "closed" : "open";
}

async function castAll(
  client: ApiClient,
  { id, visibility }: DemoRollCall["draft"],
  votes: readonly VoteItem[],
): Promise<void> {
  if (visibility === "live") await castBatch(client, id, votes);
  else
    await forEachConcurrently(votes, demoConnections, async (vote: VoteItem) => {
      await castWithKey(client, id, vote, `demo-${vote.voter_id}`);
    });
}

/** A state folder seeded by an older version may word a decision differently; what is there stays. */
async function findOrCreate(
  client: ApiClient,
  draft: DemoRollCall["draft"],
): Promise<DecisionAnswer> {
  try {
    return await createDecision(client, draft);
  } catch (error) {
    if (error instanceof ApiError && error.code === "decision.exists")
      return readDecision(client, draft.id);
    throw error;
  }
}

/** A new voter at every start, so that the printed command casts a vote every time. */
async function issueToken(client: ApiClient, { draft }: DemoRollCall): Promise<string> {
  const voter = { voter_id: `guest-${Date.now()}`, region: "Europe" };
  const { tokens } = await client.post(
    `/decisions/${draft.id}/tokens`,
    { voters: [voter] },
    tokensAnswerSchema,
  );
  const token = tokens[0]?.token;
  if (token === undefined) throw new Error("no token was issued");
  return token;
}

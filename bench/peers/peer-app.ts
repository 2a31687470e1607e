import { Hono } from "hono";
import { z } from "zod";
import type { BallotTable } from "./ballot-table.ts";
import type { PeerCredentials } from "./peer-credentials.ts";

const choice = z.enum(["yes", "no", "abstain"]);
const nonce = z.string().length(64);
const voteSchema = z.object({ decision_id: z.string().max(128), vote: choice, nonce });
const batchSchema = z.object({
  votes: z.array(z.object({ voter_id: z.string().max(256), vote: choice, nonce })).max(1_000),
});

export interface PeerParts {
  credentials: PeerCredentials;
  insertOne: BallotTable["insertOne"];
  insertMany: BallotTable["insertMany"];
}

/** The two routes that votes come by, with the addresses and bodies of ours. */
export function peerApp({ credentials, insertOne, insertMany }: PeerParts): Hono {
  const app = new Hono();

  app.post("/api/v1/voting/cast-vote", async (context) => {
    const body = voteSchema.safeParse(await context.req.json());
    if (!body.success) return context.json({ code: "request.invalid" }, 400);
    const { decision_id: decisionId, vote, nonce: drawn } = body.data;
    const voter = credentials.voterOf(context.req.header("authorization") ?? "", decisionId);
    if (voter === null) return context.json({ code: "token.invalid" }, 401);
    const isInserted = await insertOne({ decisionId, voter, choice: vote, nonce: drawn });
    return isInserted
      ? context.json({ receipt: { decision_id: decisionId, vote, nonce: drawn } }, 201)
      : context.json({ code: "voter.voted" }, 409);
  });

  app.post("/api/v1/decisions/:decisionId/votes/batch", async (context) => {
    if (!credentials.isStation(context.req.header("authorization") ?? "")) {
      return context.json({ code: "key.invalid" }, 401);
    }
    const body = batchSchema.safeParse(await context.req.json());
    if (!body.success) return context.json({ code: "request.invalid" }, 400);
    const decisionId = context.req.param("decisionId");
    const inserted = await insertMany(
      body.data.votes.map(({ voter_id: voter, vote, nonce: drawn }) => ({
        decisionId,
        voter,
        choice: vote,
        nonce: drawn,
      })),
    );
    const results = inserted.map((isNew) => ({ status: isNew ? "accepted" : "refused" }));
    return context.json({ accepted: inserted.filter(Boolean).length, results });
  });
  return app;
}

import { randomBytes } from "node:crypto";
import { randomNonce } from "../../../src/client/draw-nonce.ts";
import { voteTokens } from "./vote-tokens.ts";
import type { RequestPlan } from "./load-job.ts";

export type PreparedRequest = {
  method: "GET" | "POST";
  path: string;
  headers: string[];
  body: string | null;
};

export type PreparedRequests = {
  /** The next request, or undefined when all are sent. */
  next: () => PreparedRequest | undefined;
  /** How many votes an answer acknowledges. */
  acknowledged: (status: number, body: string) => number;
};

const json = ["content-type", "application/json"];
const choices = ["yes", "no", "yes", "abstain"];

const helloRequest: PreparedRequest = { method: "GET", path: "/", headers: [], body: null };
const echoRequest: PreparedRequest = {
  method: "POST",
  path: "/",
  headers: json,
  body: JSON.stringify({ decision_id: "bench-echo", vote: "yes", nonce: randomNonce() }),
};

/** Makes the requests of a plan ready to be written, so that the run itself only sends. */
export async function prepareRequests(plan: RequestPlan): Promise<PreparedRequests> {
  if (plan.kind === "votes") {
    return inOrder(await prepareVotes(plan), (status) => (status === 201 ? 1 : 0));
  }
  if (plan.kind === "batches") return inOrder(prepareBatches(plan), countAccepted);
  if (plan.kind === "reads") return repeat(readRequest(plan));
  return repeat(plan.kind === "hello" ? helloRequest : echoRequest);
}

function readRequest({ path, ifNoneMatch }: RequestPlan & { kind: "reads" }): PreparedRequest {
  const headers = ifNoneMatch === null ? [] : ["if-none-match", ifNoneMatch];
  return { method: "GET", path, headers, body: null };
}

async function prepareVotes(plan: RequestPlan & { kind: "votes" }): Promise<PreparedRequest[]> {
  const { decisionId } = plan;
  const tokens = await voteTokens(plan);
  return tokens.map((token, index) => ({
    method: "POST",
    path: "/api/v1/voting/cast-vote",
    headers: [...json, "authorization", `Bearer ${token}`],
    body: JSON.stringify({
      decision_id: decisionId,
      vote: choices[index % choices.length],
      nonce: randomNonce(),
    }),
  }));
}

function prepareBatches(plan: RequestPlan & { kind: "batches" }): PreparedRequest[] {
  const { decisionId, apiKey, votesEach, count } = plan;
  const headers = [...json, "authorization", `Bearer ${apiKey}`];
  const run = randomBytes(6).toString("hex");
  return Array.from({ length: count }, (_, batch) => {
    const votes = Array.from({ length: votesEach }, (__, index) => ({
      voter_id: `${run}-${batch * votesEach + index}`,
      vote: choices[index % choices.length],
      nonce: randomNonce(),
    }));
    const body = JSON.stringify({ votes });
    return { method: "POST", path: `/api/v1/decisions/${decisionId}/votes/batch`, headers, body };
  });
}

function countAccepted(status: number, body: string): number {
  if (status !== 200) return 0;
  // The contract says so; anything else adds NaN, and the comparison with the record fails.
  const answer = JSON.parse(body) as { accepted: number };
  return answer.accepted;
}

function repeat(request: PreparedRequest): PreparedRequests {
  return { next: () => request, acknowledged: () => 0 };
}

function inOrder(
  requests: PreparedRequest[],
  acknowledged: PreparedRequests["acknowledged"],
): PreparedRequests {
  let sent = 0;
  return { next: () => requests[sent++], acknowledged };
}

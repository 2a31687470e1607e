import { createClient } from "../../../src/client/client.ts";

/** One vote with a ballot token, as a voter casts it. */
export async function castVote(
  { origin, adminKey }: { origin: string; adminKey: string },
  {
    decisionId,
    voter = "ana",
    headers = {},
  }: { decisionId: string; voter?: string; headers?: Record<string, string> },
): Promise<Response> {
  const client = createClient({ origin, credential: adminKey });
  const { tokens } = await client.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId },
    body: { voters: [{ voter_id: voter }] },
  });
  return fetch(`${origin}/api/v1/voting/cast-vote`, {
    method: "POST",
    headers: {
      ...headers,
      authorization: `Bearer ${tokens[0]?.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ decision_id: decisionId, vote: "yes", nonce: "5f".repeat(32) }),
  });
}

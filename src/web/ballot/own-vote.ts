import { decisionResource } from "../api/queries.ts";
import type { ApiReceipt } from "../contract.ts";
import type { SendPorts } from "./send-vote.ts";

export type OwnVoteAnswer = "counted" | "not counted" | "unknown";

const countedTimeoutMs = 10_000;

export interface OwnVote {
  token: string;
  receipt: Pick<ApiReceipt, "decision_id" | "r">;
}

/**
 * Asks the record whether this very ballot is counted. The proof goes into the body, which no log
 * holds.
 */
export async function askOwnVote(
  { token, receipt }: OwnVote,
  send: SendPorts["fetch"],
): Promise<OwnVoteAnswer> {
  try {
    const response = await send(decisionResource(receipt.decision_id, "/votes/mine"), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ r: receipt.r }),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(countedTimeoutMs),
    });
    if (!response.ok) return "unknown";
    // The contract fixes the shape.
    const { counted } = (await response.json()) as { counted: boolean };
    return counted ? "counted" : "not counted";
  } catch {
    return "unknown";
  }
}

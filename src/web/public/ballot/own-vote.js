import { button, element, setText } from "../page/element.js";
import { decisionResource } from "../page/route.js";

/**
 * @import { ApiReceipt } from "../../contract.ts"
 *
 * @typedef {"counted" | "not counted" | "unknown"} OwnVoteAnswer
 */

const countedTimeoutMs = 10_000;

/** @type {Record<OwnVoteAnswer, string>} */
const words = {
  counted: "Yes: this ballot is the one that is counted.",
  "not counted":
    "This ballot is not counted: a later one replaced it, or took it back. If that was not you, tell the organiser.",
  unknown: "It could not be asked just now. Try it again later.",
};

/**
 * Asks the record whether this very ballot is counted. The proof goes into the body, which no log
 * holds.
 * @param {{ token: string, receipt: Pick<ApiReceipt, "decision_id" | "r"> }} own
 * @param {(path: string, init: RequestInit) => Promise<Response>} send
 * @returns {Promise<OwnVoteAnswer>}
 */
export async function askOwnVote({ token, receipt }, send) {
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
    /** @type {{ counted: boolean }} */
    const { counted } = await response.json();
    return counted ? "counted" : "not counted";
  } catch {
    return "unknown";
  }
}

/**
 * A button that asks, and where its answer appears.
 * @param {() => Promise<OwnVoteAnswer>} ask
 */
export function ownVoteCheck(ask) {
  const answer = element("p", { role: "status" });
  const onPress = async () => {
    setText(answer, "Asking…");
    setText(answer, words[await ask()]);
  };
  return element(
    "div",
    {},
    button("Is it counted?", () => void onPress()),
    answer,
  );
}

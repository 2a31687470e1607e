import { readProblem } from "../page/api.js";

/**
 * @import { ApiChoice, ApiProblem, ApiReceipt } from "../../contract.ts"
 *
 * @typedef {object} VoteAttempt One press of the button, however often it has to be sent.
 * @property {string} decisionId
 * @property {ApiChoice | "withdrawn"} choice `withdrawn` takes back whatever was cast before
 * @property {string} token
 * @property {string} nonce drawn for this attempt, the same for every sending of it
 * @property {string | null} proof the r of the ballot that it is to replace
 * @property {string | null} statement reasons that a roll call publishes beside the vote
 *
 * @typedef {{ kind: "recorded", receipt: ApiReceipt }
 *   | { kind: "refused", problem: ApiProblem, isDoubtful: boolean }
 *   | { kind: "busy", problem: ApiProblem }
 *   | { kind: "unknown" }} VoteAnswer
 *   `isDoubtful`: refused before the record was asked, after a sending that went unanswered.
 *   `busy`: nothing was recorded. `unknown`: it may have been; sending the same attempt again is
 *   safe either way.
 *
 * @typedef {object} SendPorts
 * @property {(path: string, init: RequestInit) => Promise<Response>} fetch
 * @property {(ms: number) => Promise<void>} sleep
 * @property {() => number} random in [0, 1)
 */

export const sendingsMax = 4;
const answerTimeoutMs = 10_000;
const firstPauseMs = 400;
const longestPauseMs = 10_000;

/**
 * Answers of servers and of what stands before them that say "not now"; the same request may be
 * sent again.
 */
const passingStatuses = new Set([429, 500, 502, 503, 504]);

/**
 * Refusals of the front door, which does not know what the record holds; those of a vote are the
 * record's own.
 * @param {ApiProblem} problem
 */
const isOfTheDoor = ({ status, code }) =>
  (status === 401 || status === 403 || status === 404) && !code.startsWith("vote.");

/**
 * Refusals that are certain to have come before anything was written; a shard that did not answer
 * may have.
 */
const busyCodes = new Set(["shard.overloaded", "decision.extension_pending"]);

/**
 * Sends one attempt until it has a clear answer, at most `sendingsMax` times. Once a sending may
 * have reached the record, only the record's own word settles the matter: a receipt, or a refusal
 * of the vote itself.
 * @param {VoteAttempt} attempt
 * @param {SendPorts} ports
 * @param {{ mayBeRecorded?: boolean, onSending?: (sending: number) => void }} [options] whether an
 *   earlier sending of this attempt went unanswered, and who is told before each sending, from 1
 * @returns {Promise<VoteAnswer>}
 */
export async function sendVote(attempt, ports, { mayBeRecorded = false, onSending } = {}) {
  /** @type {VoteAnswer} */
  let answer = { kind: "unknown" };
  for (let sending = 1; sending <= sendingsMax; sending += 1) {
    onSending?.(sending);
    const { answer: latest, retryAfterMs } = await sendOnce(attempt, ports);
    answer = latest;
    if (answer.kind === "recorded") return answer;
    if (answer.kind === "refused") {
      return { ...answer, isDoubtful: mayBeRecorded && isOfTheDoor(answer.problem) };
    }
    mayBeRecorded ||= answer.kind === "unknown";
    if (sending < sendingsMax) await ports.sleep(pauseMs(sending, retryAfterMs, ports.random));
  }
  return mayBeRecorded ? { kind: "unknown" } : answer;
}

/**
 * @param {VoteAttempt} attempt
 * @param {SendPorts} ports
 * @returns {Promise<{ answer: VoteAnswer, retryAfterMs: number }>}
 */
async function sendOnce(attempt, ports) {
  try {
    const route = attempt.choice === "withdrawn" ? "withdraw" : "cast-vote";
    const response = await ports.fetch(`/api/v1/voting/${route}`, voteRequest(attempt));
    const retryAfterMs =
      Number.parseInt(response.headers.get("retry-after") ?? "0", 10) * 1_000 || 0;
    return { answer: await readAnswer(response), retryAfterMs };
  } catch {
    // No answer, or half of one: whether the vote arrived is unknown here, and `unknown` says
    // exactly that.
    return { answer: { kind: "unknown" }, retryAfterMs: 0 };
  }
}

/**
 * @param {VoteAttempt} attempt
 * @returns {RequestInit}
 */
function voteRequest({ decisionId, choice, token, nonce, proof, statement }) {
  const reasons = statement === null ? {} : { statement };
  const vote = choice === "withdrawn" ? {} : { vote: choice, ...reasons };
  const shown = proof === null ? {} : { proof };
  return {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ decision_id: decisionId, ...vote, nonce, ...shown }),
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(answerTimeoutMs),
  };
}

/**
 * @param {Response} response
 * @returns {Promise<VoteAnswer>}
 */
async function readAnswer(response) {
  if (response.ok) {
    /** @type {ApiReceipt} */
    const receipt = await response.json();
    return { kind: "recorded", receipt };
  }
  const problem = await readProblem(response);
  if (!passingStatuses.has(response.status)) return { kind: "refused", problem, isDoubtful: false };
  return response.status === 429 || busyCodes.has(problem.code)
    ? { kind: "busy", problem }
    : { kind: "unknown" };
}

/**
 * @param {number} sending
 * @param {number} retryAfterMs what the server asked for
 * @param {() => number} random
 */
function pauseMs(sending, retryAfterMs, random) {
  const backoff = firstPauseMs * 2 ** (sending - 1) * (0.5 + random());
  return Math.min(longestPauseMs, Math.round(Math.max(retryAfterMs, backoff)));
}

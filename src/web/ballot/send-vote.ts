import { readProblem } from "../api/read-api.ts";
import type { ApiChoice, ApiProblem, ApiReceipt } from "../contract.ts";

/** One press of the button, however often it has to be sent. */
export interface VoteAttempt {
  decisionId: string;
  /** `withdrawn` takes back whatever was cast before. */
  choice: ApiChoice | "withdrawn";
  token: string;
  /** Drawn for this attempt, the same for every sending of it. */
  nonce: string;
  /** The r of the ballot that it is to replace. */
  proof: string | null;
  /** Reasons that a roll call publishes beside the vote. */
  statement: string | null;
}

/**
 * `isDoubtful`: refused before the record was asked, after a sending that went unanswered.
 * `busy`: nothing was recorded. `unknown`: it may have been; sending the same attempt again is safe
 * either way. `unsent`: there is no connection, and no sending was tried. `unreadable`: recorded, and
 * answered in a form that this page does not know.
 */
export type VoteAnswer =
  | { kind: "recorded"; receipt: ApiReceipt }
  | { kind: "refused"; problem: ApiProblem; isDoubtful: boolean }
  | { kind: "busy" }
  | { kind: "unknown" }
  | { kind: "unsent" }
  | { kind: "unreadable" };

/** What a vote got over a socket. `lost`: it was sent, nothing came back, and it may be recorded. */
export type SocketOutcome =
  | { kind: "receipt"; receipt: unknown }
  | { kind: "problem"; problem: ApiProblem }
  | { kind: "lost" };

export interface SendPorts {
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  sleep: (ms: number) => Promise<void>;
  /** In [0, 1). */
  random: () => number;
}

export interface SendOptions {
  /** Whether an earlier sending of this attempt went unanswered. */
  mayBeRecorded?: boolean;
  /** Told before each sending, from 1. */
  onSending?: (sending: number) => void;
  /** `sendingsMax` unless given. */
  triesMax?: number;
  /** Asked before each sending: none is tried while the browser has no connection. */
  isOnline?: () => boolean;
  /** Sends it over a socket first; null where none is open. */
  castBySocket?: (attempt: VoteAttempt) => Promise<SocketOutcome | null>;
}

export const sendingsMax = 4;
const answerTimeoutMs = 10_000;
const firstPauseMs = 400;
const longestPauseMs = 10_000;

/** Statuses of 4xx that say "not now": the same request may be sent again (RFC 9110, RFC 8470). */
const passingStatuses = new Set([408, 425, 429]);

/**
 * Only a problem document of the API refuses a vote, and each of its codes has a dot. A status
 * alone may come from a proxy that has lost the record's answer.
 */
function isRefusal({ status, code }: ApiProblem): boolean {
  return status >= 400 && status < 500 && !passingStatuses.has(status) && isOfTheApi(code);
}

function isOfTheApi(code: string): boolean {
  return code.includes(".");
}

/**
 * Refusals of the front door, which does not know what the record holds; those of a vote are the
 * record's own.
 */
function isOfTheDoor({ status, code }: ApiProblem): boolean {
  return (status === 401 || status === 403 || status === 404) && !code.startsWith("vote.");
}

/**
 * Refusals that are certain to have come before anything was written; a shard that did not answer
 * may have.
 */
const busyCodes = new Set(["shard.overloaded", "decision.extension_pending"]);

/**
 * Sends one attempt until it has a clear answer, at most `triesMax` times. Once a sending may
 * have reached the record, only the record's own word settles the matter: a receipt, or a refusal
 * of the vote itself.
 */
export async function sendVote(
  attempt: VoteAttempt,
  ports: SendPorts,
  options: SendOptions = {},
): Promise<VoteAnswer> {
  const { triesMax = sendingsMax, isOnline = () => true, onSending } = options;
  const { castBySocket = async () => null } = options;
  let { mayBeRecorded = false } = options;
  let answer: VoteAnswer = { kind: "unsent" };
  for (let sending = 1; sending <= triesMax && isOnline(); sending += 1) {
    onSending?.(sending);
    const outcome = await castBySocket(attempt);
    mayBeRecorded ||= outcome?.kind === "lost";
    const { answer: latest, retryAfterMs } =
      outcome === null || outcome.kind === "lost"
        ? await sendOnce(attempt, ports)
        : { answer: answerOf(outcome), retryAfterMs: 0 };
    answer = latest;
    if (answer.kind === "recorded" || answer.kind === "unreadable") return answer;
    if (answer.kind === "refused") {
      return { ...answer, isDoubtful: mayBeRecorded && isOfTheDoor(answer.problem) };
    }
    mayBeRecorded ||= answer.kind === "unknown";
    if (sending < triesMax) await ports.sleep(pauseMs(sending, retryAfterMs, ports.random));
  }
  return mayBeRecorded ? { kind: "unknown" } : answer;
}

async function sendOnce(
  attempt: VoteAttempt,
  ports: SendPorts,
): Promise<{ answer: VoteAnswer; retryAfterMs: number }> {
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

function voteRequest(attempt: VoteAttempt): RequestInit {
  const { decisionId, choice, token, nonce, proof, statement } = attempt;
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

async function readAnswer(response: Response): Promise<VoteAnswer> {
  return answerOf(
    response.ok
      ? { kind: "receipt", receipt: await response.json() }
      : { kind: "problem", problem: await readProblem(response) },
  );
}

function answerOf(outcome: Exclude<SocketOutcome, { kind: "lost" }>): VoteAnswer {
  if (outcome.kind === "receipt") {
    const { receipt } = outcome;
    return isReceipt(receipt) ? { kind: "recorded", receipt } : { kind: "unreadable" };
  }
  const { problem } = outcome;
  if (isRefusal(problem)) return { kind: "refused", problem, isDoubtful: false };
  const isBusy = problem.status === 429 ? isOfTheApi(problem.code) : busyCodes.has(problem.code);
  return { kind: isBusy ? "busy" : "unknown" };
}

const receiptMembers = ["decision_id", "ballot_hash", "r", "u", "c", "key_id", "signature"];

/** A server of a later release may answer otherwise. */
function isReceipt(answer: unknown): answer is ApiReceipt {
  if (typeof answer !== "object" || answer === null) return false;
  const members: Record<string, unknown> = { ...answer };
  return receiptMembers.every((name) => typeof members[name] === "string");
}

/** `retryAfterMs` is what the server asked for. */
function pauseMs(sending: number, retryAfterMs: number, random: () => number): number {
  const backoff = firstPauseMs * 2 ** (sending - 1) * (0.5 + random());
  return Math.min(longestPauseMs, Math.round(Math.max(retryAfterMs, backoff)));
}

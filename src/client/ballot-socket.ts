import type { z } from "zod";
import type { ballotMessageSchema } from "../http/contract/ballot-socket.ts";
import type { LiveMessages, ShownExtension } from "./routes.ts";
import { ApiError, ContractError, NoAnswer, type RefusedProblem } from "./client-errors.ts";
import type { SignedReceipt } from "./check-receipt.ts";
import { limits } from "../shared/limits.ts";

/** A vote as it goes over a socket; the socket numbers it. */
export type SocketVote = Omit<z.input<typeof ballotMessageSchema>, "id">;

/** A voter's socket to one decision. */
export interface BallotSocket {
  /**
   * Casts a vote, once. Keep the nonce before: a vote without an answer is sent again with it, over
   * another socket or by POST.
   * @throws {ApiError} it was refused
   * @throws {NoAnswer} the socket ended first, or the answer takes too long
   */
  cast(vote: SocketVote): Promise<{ receipt: SignedReceipt; isReplayed: boolean }>;
  /** Whether a vote would be sent: false once the socket is ending. */
  isOpen(): boolean;
  close(): void;
}

interface BallotSocketOptions {
  origin: string;
  decisionId: string;
  /** The ballot token. */
  credential: string;
  /** How long the opening, and each answer, may take, in ms. */
  answerTimeoutMs?: number;
  /** Told what the server says unasked. */
  onNews?: (news: SocketNews) => void;
  /** Has a decision whose only shard is in its room tell live results too: a `state` first, or none. */
  withResults?: boolean;
}

/** Live results as their own socket has them, and when voting ends where that is later than before. */
export type SocketNews =
  | ({ type: "state" } & LiveMessages["state"])
  | ({ type: "delta" } & LiveMessages["delta"])
  | ShownExtension;

type Waiting = {
  resolve: (answer: { receipt: SignedReceipt; isReplayed: boolean }) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
};

type SocketAnswer =
  | { type: "receipt"; id: number; replayed: boolean; receipt: SignedReceipt }
  | { type: "problem"; id: number | null; problem: RefusedProblem }
  | SocketNews;

/** What calls and refusals are named by. */
const name = "GET /api/v1/decisions/{decisionId}/ballot-socket";
const ending = "the socket is ending";
const protocols = (token: string): string[] => ["enviro-ballot.v1", `bearer.${token}`];

/**
 * Opens a socket to vote over. It is not opened again by itself: `createVoter` votes without one.
 * @throws {NoAnswer} it was refused, or there is no line; a request with the same token says why
 */
export async function openBallotSocket({
  origin,
  decisionId,
  credential,
  answerTimeoutMs = limits.clientAnswerMsMax,
  onNews = () => {},
  withResults = false,
}: BallotSocketOptions): Promise<BallotSocket> {
  const path = `/api/v1/decisions/${encodeURIComponent(decisionId)}/ballot-socket`;
  const url = new URL(path, origin);
  if (withResults) url.searchParams.set("results", "true");
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  const socket = new WebSocket(url.href, protocols(credential));
  const waiting = new Map<number, Waiting>();
  let sent = 0;
  let ended: string | null = null;
  const noAnswer = (cause: string | Error) =>
    new NoAnswer(name, 1, typeof cause === "string" ? new Error(cause) : cause);

  const settle = (id: number, how: (one: Waiting) => void): void => {
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    how(one);
  };
  const rejectAll = (error: () => Error): void => {
    for (const id of waiting.keys()) settle(id, (one) => one.reject(error()));
  };

  const endWith = (cause: string): void => {
    clearInterval(watch);
    ended ??= cause;
    rejectAll(() => noAnswer(cause));
  };
  // What follows the server's close may be late by as long as its object stays awake.
  const watch = setInterval(() => {
    if (socket.readyState > WebSocket.OPEN) endWith(ending);
  }, limits.clientSocketLookMs);

  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      const cause = `no answer in ${answerTimeoutMs} ms`;
      endWith(cause);
      reject(noAnswer(cause));
      socket.close();
    }, answerTimeoutMs);
    socket.addEventListener("open", () => {
      clearTimeout(late);
      resolve();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      clearTimeout(late);
      const cause = `the socket has ended with ${code} ${reason}`.trim();
      endWith(cause);
      reject(noAnswer(cause));
    });
    socket.addEventListener("message", ({ data }) => {
      const answer = parseAnswer(data);
      if (answer === null) rejectAll(() => new ContractError(name, "this is no answer"));
      else if (answer.type === "receipt")
        settle(answer.id, ({ resolve: done }) =>
          done({ receipt: answer.receipt, isReplayed: answer.replayed }),
        );
      else if (answer.type !== "problem") onNews(answer);
      else if (answer.id !== null)
        settle(answer.id, (one) => one.reject(new ApiError(name, answer.problem)));
      // Which vote that is about is not said, and the others may be counted.
      else rejectAll(() => noAnswer(new ApiError(name, answer.problem)));
    });
  });

  return {
    cast: (vote) =>
      new Promise((resolve, reject) => {
        if (ended === null && socket.readyState > WebSocket.OPEN) endWith(ending);
        if (ended !== null) {
          reject(noAnswer(ended));
          return;
        }
        sent += 1;
        const id = sent;
        const timer = setTimeout(() => {
          const late = noAnswer(`no answer in ${answerTimeoutMs} ms`);
          settle(id, (one) => one.reject(late));
        }, answerTimeoutMs);
        waiting.set(id, { resolve, reject, timer });
        socket.send(JSON.stringify({ id, ...vote }));
      }),
    isOpen: () => ended === null && socket.readyState === WebSocket.OPEN,
    close: () => socket.close(1000),
  };
}

const answerTypes = new Set<string>(["receipt", "problem", "state", "delta", "extension"]);

function parseAnswer(data: unknown): SocketAnswer | null {
  try {
    const answer: unknown = JSON.parse(String(data));
    const type: unknown =
      typeof answer === "object" && answer !== null ? Reflect.get(answer, "type") : null;
    // The server made it from the contract.
    return typeof type === "string" && answerTypes.has(type) ? (answer as SocketAnswer) : null;
  } catch {
    return null;
  }
}

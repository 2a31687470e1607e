import { expect } from "vitest";
import { ballotProtocol, bearerProtocolPrefix } from "../../../src/http/contract/ballot-socket.ts";
import type { ProblemDocument } from "../../../src/http/problem.ts";
import { send, type ReceiptBody } from "./api.ts";

type Answered =
  | { type: "receipt"; id: number; replayed: boolean; receipt: ReceiptBody }
  | { type: "problem"; id: number | null; problem: ProblemDocument };

export function ballotSocketPath(decisionId: string): string {
  return `/api/v1/decisions/${decisionId}/ballot-socket`;
}

/** The upgrade that a browser asks for: its token is a subprotocol. */
export function browserHeaders(token: string): Record<string, string> {
  return {
    upgrade: "websocket",
    "sec-websocket-protocol": `${ballotProtocol}, ${bearerProtocolPrefix}${token}`,
  };
}

/** A voter's socket; answers and the close wait in order until they are asked for. */
export async function openBallotSocket(decisionId: string, token: string, query = "") {
  const headers = browserHeaders(token);
  const response = await send("GET", `${ballotSocketPath(decisionId)}${query}`, { headers });
  expect(response.status).toBe(101);
  expect(response.headers.get("sec-websocket-protocol")).toBe(ballotProtocol);
  const socket = response.webSocket;
  if (socket === null) throw new Error("an upgrade gives a socket");
  return followSocket(socket);
}

/** Accepts a socket, and keeps what it says. */
export function followSocket(socket: WebSocket) {
  const waiting: string[] = [];
  let wake: () => void = () => {};
  let closed: { code: number; reason: string } | null = null;
  socket.addEventListener("message", ({ data }) => {
    waiting.push(String(data));
    wake();
  });
  socket.addEventListener("close", ({ code, reason }) => {
    closed = { code, reason };
    wake();
  });
  socket.accept();

  const until = async <Value>(find: () => Value | null | undefined): Promise<Value> => {
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const nextText = () => until(() => waiting.shift());
  const next = async () => JSON.parse(await nextText()) as Answered;
  return {
    nextText,
    next,
    /** The receipt that the next answer is. */
    nextReceipt: async () => {
      const answer = await next();
      if (answer.type !== "receipt") throw new Error(JSON.stringify(answer));
      return answer;
    },
    /** The code that the next answer refuses with. */
    nextCode: async () => {
      const answer = await next();
      return answer.type === "problem" ? answer.problem.code : answer.type;
    },
    closed: () => until(() => closed),
    send: (message: object | string | ArrayBuffer) =>
      socket.send(
        typeof message === "string" || message instanceof ArrayBuffer
          ? message
          : JSON.stringify(message),
      ),
    close: () => socket.close(1000),
  };
}

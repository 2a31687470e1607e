import { expect } from "vitest";
import { send } from "./api.ts";
import { expectInContract, type LiveBody } from "./live-results.ts";

/** A watcher's WebSocket; messages wait in order until they are asked for. */
export async function openSocket(decisionId: string, since?: number) {
  const query = since === undefined ? "" : `?since=${since}`;
  const path = `/api/v1/decisions/${decisionId}/results/socket${query}`;
  const response = await send("GET", path, { headers: { upgrade: "websocket" } });
  expect(response.status).toBe(101);
  const socket = response.webSocket;
  if (socket === null) throw new Error("an upgrade gives a socket");
  const waiting: string[] = [];
  let wake: (() => void) | null = null;
  socket.addEventListener("message", ({ data }) => {
    waiting.push(String(data));
    wake?.();
  });
  socket.accept();

  async function nextText(): Promise<string> {
    while (waiting.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return waiting.shift() ?? "";
  }
  return {
    nextText,
    next: async () => {
      const message = JSON.parse(await nextText()) as LiveBody & { type: string };
      expectInContract(message.type, message);
      return message;
    },
    send: (text: string) => socket.send(text),
    close: () => socket.close(1000),
  };
}

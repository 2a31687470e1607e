import { expect } from "vitest";
import { send } from "./api.ts";
import { expectInContract, type LiveBody } from "./live-results.ts";

export type StreamEvent = { event: string; id: number; body: LiveBody };

/** A reader of server-sent events, as WHATWG HTML 9.2.6 describes one; `since` goes in the query, `lastEventId` in its header. */
export async function openStream(
  decisionId: string,
  where: { since?: number; lastEventId?: number | string } = {},
) {
  const query = where.since === undefined ? "" : `?since=${where.since}`;
  const path = `/api/v1/decisions/${decisionId}/results/stream${query}`;
  const headers: Record<string, string> =
    where.lastEventId === undefined ? {} : { "last-event-id": String(where.lastEventId) };
  const response = await send("GET", path, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  if (response.body === null) throw new Error("a stream has a body");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";

  /** The next event that tells of results; comments are passed over, as the standard demands. */
  async function next(): Promise<StreamEvent> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end === -1) {
        const { value, done } = await reader.read();
        if (done) throw new Error("the stream has ended");
        text += value;
        continue;
      }
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = parseEvent(block);
      if (event !== null) return event;
    }
  }
  return { next, close: () => reader.cancel() };
}

function parseEvent(block: string): StreamEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    if (line.startsWith(":")) continue;
    const colon = line.indexOf(": ");
    fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  if (fields.size === 0) return null;
  const event = fields.get("event") ?? "message";
  if (event === "alive") return null;
  const body = JSON.parse(fields.get("data") ?? "null") as LiveBody;
  expectInContract(event, body);
  return { event, id: Number(fields.get("id")), body };
}

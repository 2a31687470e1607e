import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "undici";

/** A request, and what it is called in the report. */
export interface HostileRequest {
  name: string;
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** Until the next one, once it is answered. */
  pauseMs: number;
}

/** A client that sends one request after another on a connection of its own, and heeds no answer. */
export function askWithoutEnd(
  origin: string,
  note: (what: string, status: number | "error") => void,
  nextRequest: () => HostileRequest,
): { stop(): Promise<void> } {
  const client = new Client(origin);
  const ended = new AbortController();
  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const { name, pauseMs, ...request } = nextRequest();
      try {
        const { statusCode, body } = await client.request(request);
        await body.dump();
        note(name, statusCode);
      } catch {
        if (!ended.signal.aborted) note(name, "error");
      }
      await sleep(pauseMs);
    }
  };
  const running = run();
  return {
    stop: async () => {
      ended.abort();
      await client.destroy();
      await running;
    },
  };
}

import { Readable } from "node:stream";
import { Pool } from "undici";
import type { Fetch } from "../../client/transport.ts";

export type PoolFetch = { fetch: Fetch; close: () => Promise<void> };

/**
 * Sends requests to one origin over connections that are kept. It leaves out what `fetch` spends on
 * streams and headers.
 */
export function createPoolFetch(origin: string, connections: number): PoolFetch {
  // The client's own signal bounds the wait for an answer.
  const pool = new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0 });
  return {
    async fetch(url, { method, headers, body, signal }) {
      const answer = await pool.request({
        method,
        path: `${url.pathname}${url.search}`,
        headers: body instanceof Blob ? { ...headers, "content-length": `${body.size}` } : headers,
        body: body instanceof Blob ? Readable.from(body.stream()) : (body ?? null),
        signal,
      });
      return {
        status: answer.statusCode,
        headers: {
          get: (name) => {
            const value = answer.headers[name];
            return (Array.isArray(value) ? value[0] : value) ?? null;
          },
        },
        text: () => answer.body.text(),
      };
    },
    close: () => pool.close(),
  };
}

import { Client } from "undici";
import type { PreparedRequest } from "./prepare-requests.ts";

const answerTimeoutMs = 30_000;

export type HttpAnswer = { status: number; body: string };

export type Connection = {
  /**
   * Sends one request and calls back once, with the whole answer or with the error that stands for
   * it.
   */
  send(request: PreparedRequest, done: (answer: HttpAnswer | Error) => void): void;
  close(): Promise<void>;
};

/**
 * One keep-alive connection with one request at a time. It uses undici's dispatch, without streams
 * and promises: on this machine that is 39,000 requests a second to a socket that answers at once,
 * three times what workerd echoes.
 */
export function openConnection(origin: string): Connection {
  const client = new Client(origin, {
    pipelining: 1,
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
  });
  return {
    send: (request, done) => {
      let status = 0;
      const chunks: Buffer[] = [];
      client.dispatch(request, {
        onRequestStart: () => {},
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => done({ status, body: Buffer.concat(chunks).toString() }),
        onResponseError: (_controller, error) => done(error),
      });
    },
    close: () => client.destroy(),
  };
}

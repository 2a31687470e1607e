import { createClient, type Client } from "../../client/client.ts";
import type { RetryPolicy } from "../../client/repeating.ts";
import type { Fetch } from "../../client/transport.ts";
import { checkAnswer } from "./check-answer.ts";
import { createPoolFetch } from "./pool-fetch.ts";

/** An instance of the platform and a key to it. */
export type Instance = { origin: string; key: string };

/** A client that keeps its connections until it is closed. */
export type ConnectedClient = Client & { close(): Promise<void> };

/**
 * A command is alone with its instance and is waited for: it asks again sooner than a browser, and
 * for longer than a restart of the platform takes.
 */
export const patientRetry: RetryPolicy = {
  triesMax: 1_000,
  patienceMs: 60_000,
  firstMs: 40,
  maxMs: 2_000,
};

export type ConnectOptions = Instance & {
  /** How many requests can be under way at once. */
  connections: number;
  /** Ends waiting and repeating at once, for a command that is asked to stop. */
  signal?: AbortSignal;
  /** Is told once that the instance does not answer and is asked again. */
  log?: (line: string) => void;
};

/** Connects to an instance. Every answer is held against the contract. */
export function connectClient(options: ConnectOptions): ConnectedClient {
  const { origin, key, connections, signal, log } = options;
  const { fetch, close } = createPoolFetch(origin, connections);
  const client = createClient({
    origin,
    credential: key,
    fetch: log === undefined ? fetch : announceFailure(fetch, log),
    retry: patientRetry,
    check: checkAnswer,
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...client, close };
}

/** Says the first failure: a command that asks again for a minute must not look as if it hung. */
function announceFailure(fetch: Fetch, log: (line: string) => void): Fetch {
  let isAnnounced = false;
  return async (url, request) => {
    try {
      return await fetch(url, request);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!isAnnounced && !request.signal.aborted) {
        log(`no answer from ${url.origin} (${reason}), trying again for up to a minute`);
      }
      isAnnounced = true;
      throw error;
    }
  };
}

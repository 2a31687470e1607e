import { Client, DatabaseError } from "pg";
import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";

/**
 * How the adapter comes by a connection. Every write is one statement and so one transaction:
 * nothing is left open between two of them. A pooler may give each transaction another connection
 * to the server, so nothing lives longer: no statement has a name, and no setting, lock or LISTEN
 * is kept.
 */
export interface PostgresSession {
  /**
   * Rejects with what `work` rejects with, or because there is no connection. Nothing is retried
   * here.
   */
  run<T>(work: (client: Client) => Promise<T>): Promise<T>;
}

/**
 * A connection a call: in a Worker a socket belongs to the request that opened it. Hyperdrive keeps
 * the real connections, near the database.
 */
export function connectionPerCall(
  connectionString: string,
  connectMsMax: number = limits.postgresConnectMsMax,
): PostgresSession {
  return {
    async run(work) {
      const client = await openClient(connectionString, connectMsMax);
      try {
        return await work(client);
      } finally {
        await closeClient(client);
      }
    },
  };
}

/**
 * One connection for all calls of whoever owns it: a consumer's invocation, or a turn of an object.
 * It is opened with the first call and again after any error that may have cost it. Calls that come
 * together take turns. The owner closes it, and lets nobody else use it.
 */
export class KeptConnection implements PostgresSession {
  readonly #connectionString: string;
  #client: Client | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
  }

  run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const done = this.#turn.then(() => this.#work(work));
    // The next call waits for this one's end, whichever it is; who made this one is told of its
    // error.
    this.#turn = done.catch(() => {});
    return done;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client !== null) await closeClient(client);
  }

  async #work<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      this.#client ??= await openClient(this.#connectionString, limits.postgresConnectMsMax);
      return await work(this.#client);
    } catch (error) {
      if (!isOfStatementAlone(error)) await this.close();
      throw error;
    }
  }
}

/** One connection that somebody else opened and closes; calls that come together take turns. */
export function sessionOn(client: Client): PostgresSession {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const done = turn.then(() => work(client));
      // Who made a call is told of its error; the next one waits for its end alone.
      turn = done.catch(() => {});
      return done;
    },
  };
}

async function openClient(connectionString: string, connectMsMax: number): Promise<Client> {
  const client = new Client({
    connectionString,
    application_name: "enviro-governance",
    connectionTimeoutMillis: connectMsMax,
    query_timeout: limits.postgresAnswerMsMax,
  });
  // Without a listener an idle connection that breaks would throw into nowhere; the next call on it
  // rejects and says so.
  client.on("error", () => {});
  await client.connect();
  return client;
}

/**
 * A server that is gone says no farewell, so nobody waits for it long; a connection that did not
 * end is dropped with its owner.
 */
async function closeClient(client: Client): Promise<void> {
  await withDeadline(client.end(), limits.postgresCloseMsMax).catch(() => {});
}

/**
 * Postgres itself refused a statement and goes on: FATAL ends the connection, and errors without a
 * severity come from the way to it.
 */
function isOfStatementAlone(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof DatabaseError && cause.severity === "ERROR";
}

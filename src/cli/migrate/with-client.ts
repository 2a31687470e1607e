import { Client } from "pg";
import { limits } from "../../shared/limits.ts";

/** Does some work on one connection and closes it. */
export async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const connectionTimeoutMillis = limits.postgresConnectMsMax;
  const client = new Client({ connectionString, connectionTimeoutMillis });
  // A connection that breaks while nothing is asked would end the process; the next question says
  // so.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

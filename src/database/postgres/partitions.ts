import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";

/**
 * Makes the partitions of this quarter and the next where they are missing. The writer makes them
 * too, but then a vote waits for it.
 */
export async function createPartitionsAhead(session: PostgresSession, now: number): Promise<void> {
  await session.run((client) => client.query(statements.createPartitionsAhead, [now]));
}

import type { z } from "zod";
import type { ApiClient } from "../client/api-client.ts";
import {
  databaseBallotsSchema,
  loggedBallotsSchema,
  type BallotAnswer,
  type LoggedBallotAnswer,
} from "../client/contract.ts";

/** 5,000 ballots are about 1.2 MB of JSON. */
const pageBallots = 5_000;

/** Streams the ballots of a shard's own log in seq order, page by page. */
export function readLoggedBallots(
  client: ApiClient,
  decision: string,
  shard: number,
): AsyncGenerator<LoggedBallotAnswer> {
  const path = `/decisions/${decision}/audit/shards/${shard}/ballots`;
  return readPages(client, path, loggedBallotsSchema);
}

/** Streams the rows of a shard's ballots in the database, in seq order. */
export function readDatabaseBallots(
  client: ApiClient,
  decision: string,
  shard: number,
): AsyncGenerator<BallotAnswer> {
  const path = `/decisions/${decision}/audit/database/${shard}/ballots`;
  return readPages(client, path, databaseBallotsSchema);
}

async function* readPages<B>(
  client: ApiClient,
  path: string,
  schema: z.ZodType<{ ballots: B[]; next: number | null }>,
): AsyncGenerator<B> {
  let after: number | null = 0;
  while (after !== null) {
    const query: string = `after_seq=${after}&limit=${pageBallots}`;
    const page: { ballots: B[]; next: number | null } = await client.get(
      `${path}?${query}`,
      schema,
    );
    yield* page.ballots;
    after = page.next;
  }
}

import type { Client } from "../../client/client.ts";
import { pagesOf } from "../../client/pages.ts";
import type { BallotAnswer, LoggedBallotAnswer } from "../api/answers.ts";

/** 5,000 ballots are about 1.2 MB of JSON. */
const pageBallots = 5_000;

type ShardPath = { decisionId: string; shard: number };

/** Streams the ballots of a shard's own log in seq order, page by page. */
export async function* readLoggedBallots(
  client: Client,
  path: ShardPath,
): AsyncGenerator<LoggedBallotAnswer> {
  const pages = pagesOf((after: number | undefined) =>
    client.call("GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots", {
      path,
      query: { after_seq: after ?? 0, limit: pageBallots },
    }),
  );
  for await (const page of pages) yield* page.ballots;
}

/** Streams the rows of a shard's ballots in the database, in seq order. */
export async function* readDatabaseBallots(
  client: Client,
  path: ShardPath,
): AsyncGenerator<BallotAnswer> {
  const pages = pagesOf((after: number | undefined) =>
    client.call("GET /api/v1/decisions/{decisionId}/audit/database/{shard}/ballots", {
      path,
      query: { after_seq: after ?? 0, limit: pageBallots },
    }),
  );
  for await (const page of pages) yield* page.ballots;
}

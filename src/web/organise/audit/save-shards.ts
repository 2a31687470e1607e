import { callApi } from "../api/organiser-api.ts";

/** What an auditor may take away of a decision, shard by shard. */
export type AuditedRows = "ballots" | "database_ballots" | "roll";

export interface ShardRowsQuery {
  id: string;
  /** How many shards there are. */
  shards: number;
  /** How many rows were read so far. */
  onProgress: (rows: number) => void;
}

const perPage = 10_000;

/** All rows as lines of JSON, each with its shard, read page by page. */
export async function readShardRows(rows: AuditedRows, query: ShardRowsQuery): Promise<Blob> {
  const parts: string[] = [];
  let count = 0;
  for (let shard = 0; shard < query.shards; shard += 1) {
    let after: string | number | null = rows === "roll" ? "" : 0;
    while (after !== null) {
      const page: RowsPage = await readPage(rows, { id: query.id, shard, after });
      parts.push(page.items.map((item) => `${JSON.stringify({ shard, ...item })}\n`).join(""));
      count += page.items.length;
      query.onProgress(count);
      after = page.next;
    }
  }
  return new Blob(parts, { type: "application/x-ndjson" });
}

type RowsPage = { items: readonly object[]; next: string | number | null };
type PagePlace = { id: string; shard: number; after: string | number };

async function readPage(rows: AuditedRows, { id, shard, after }: PagePlace): Promise<RowsPage> {
  const path = { decisionId: id, shard };
  if (rows === "roll") {
    const { voters, next } = await callApi(
      "GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/roll",
      { path, query: { after: String(after), limit: perPage } },
    );
    return { items: voters, next };
  }
  const query = { after_seq: Number(after), limit: perPage };
  const { ballots, next } =
    rows === "ballots"
      ? await callApi("GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots", {
          path,
          query,
        })
      : await callApi("GET /api/v1/decisions/{decisionId}/audit/database/{shard}/ballots", {
          path,
          query,
        });
  return { items: ballots, next };
}

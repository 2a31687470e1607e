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
const idsPerPage = 100;

/** All rows as lines of JSON, each with its shard, read page by page. */
export async function readShardRows(rows: AuditedRows, query: ShardRowsQuery): Promise<Blob> {
  const lines = new JsonLines(query.onProgress);
  for (let shard = 0; shard < query.shards; shard += 1) {
    let after: string | number | null = rows === "roll" ? "" : 0;
    while (after !== null) {
      const page: RowsPage = await readPage(rows, { id: query.id, shard, after });
      lines.add(page.items.map((item) => ({ shard, ...item })));
      after = page.next;
    }
  }
  return lines.blob;
}

/** What opens each published hash, as lines of JSON. */
export async function readOpenings(id: string, onProgress: (rows: number) => void): Promise<Blob> {
  const lines = new JsonLines(onProgress);
  for (let page: number | null = 1; page !== null;) {
    const query = { page };
    // The contract leaves published pages open; each has these.
    const read = (await callApi("GET /api/v1/decisions/{decisionId}/audit/openings", {
      path: { decisionId: id },
      query,
    })) as { items: readonly unknown[]; next: number | null };
    lines.add(read.items);
    page = read.next;
  }
  return lines.blob;
}

/** The ids of all decisions that were ever created, from the record, as lines of JSON. */
export async function readRecordedIds(onProgress: (rows: number) => void): Promise<Blob> {
  const lines = new JsonLines(onProgress);
  for (let after: string | null = ""; after !== null;) {
    const query = { per_page: idsPerPage, ...(after === "" ? {} : { after }) };
    const read: { items: readonly string[]; next: string | null } = await callApi(
      "GET /api/v1/audit/decisions",
      { query },
    );
    lines.add(read.items);
    after = read.next;
  }
  return lines.blob;
}

/** Values as lines of JSON, counted. */
class JsonLines {
  readonly #parts: string[] = [];
  readonly #onProgress: (rows: number) => void;
  #count = 0;

  constructor(onProgress: (rows: number) => void) {
    this.#onProgress = onProgress;
  }

  get blob(): Blob {
    return new Blob(this.#parts, { type: "application/x-ndjson" });
  }

  add(values: readonly unknown[]): void {
    this.#parts.push(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
    this.#count += values.length;
    this.#onProgress(this.#count);
  }
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

import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import type { ApiClient } from "./api-client.ts";
import { toApiError } from "./api-error.ts";
import {
  importAnswerSchema,
  rollStatusSchema,
  type ImportAnswer,
  type RollStatusAnswer,
} from "./contract.ts";

const progressPollMs = 250;
/** The answer comes after the last row: 2,000,000 rows at 10,000 a second, and the sealing of the shards. */
const answerTimeoutMs = 300_000;

export type RollFile = {
  contentType: "text/csv" | "application/x-ndjson";
  body: Readable;
  /** Said in advance, so that the platform knows a whole file from one that broke off. */
  bytes: number;
};

export type RollUpload = {
  origin: string;
  key: string;
  decisionId: string;
  file: RollFile;
  onProgress: (progress: NonNullable<RollStatusAnswer["upload"]>) => void;
  signal?: AbortSignal;
};

/** Streams a roll to the platform, which is asked now and then how far it is. It is not repeated: whoever calls has the file. */
export async function uploadRoll(client: ApiClient, upload: RollUpload): Promise<ImportAnswer> {
  const { origin, key, decisionId, file, signal } = upload;
  const pool = new Pool(origin, { headersTimeout: answerTimeoutMs, bodyTimeout: answerTimeoutMs });
  const done = new AbortController();
  const watching = watchProgress(client, upload, done.signal);
  try {
    const path = `/api/v1/decisions/${decisionId}/roll`;
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": file.contentType,
      "content-length": String(file.bytes),
    };
    const answer = await pool.request({
      method: "PUT",
      path,
      headers,
      body: file.body,
      signal: signal ?? null,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw toApiError(`PUT ${path}`, answer.statusCode, text);
    return importAnswerSchema.parse(JSON.parse(text));
  } finally {
    done.abort();
    await watching;
    await pool.close();
  }
}

async function watchProgress(
  client: ApiClient,
  { decisionId, onProgress }: RollUpload,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { upload } = await client.get(`/decisions/${decisionId}/roll`, rollStatusSchema);
    if (upload !== null) onProgress(upload);
    // It ends early when the upload does.
    await sleep(progressPollMs, undefined, { signal }).catch(() => {});
  }
}

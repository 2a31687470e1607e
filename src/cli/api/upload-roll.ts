import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import type { ImportAnswer, RollAnswer } from "./answers.ts";

const progressPollMs = 250;

export type RollUploadOptions = {
  decisionId: string;
  /**
   * Its type says whether it is CSV or NDJSON, and its size lets the platform know a whole file
   * from one that broke off.
   */
  file: Blob;
  /** Whether two rows of one voter refuse the roll, or the first of them is loaded. */
  twins?: "refuse" | "first";
  /** Columns that are passed over, with commas between. */
  ignore?: string;
  onProgress?: (progress: NonNullable<RollAnswer["upload"]>) => void;
};

/**
 * Streams a roll to the platform, which is asked now and then how far it is. It is not repeated:
 * whoever calls has the file.
 */
export async function uploadRoll(client: Client, upload: RollUploadOptions): Promise<ImportAnswer> {
  const { decisionId, file, twins = "refuse", ignore = "", onProgress } = upload;
  const done = new AbortController();
  const importing = client.call("PUT /api/v1/decisions/{decisionId}/roll", {
    path: { decisionId },
    query: { twins, ignore },
    body: file,
  });
  const watching =
    onProgress === undefined
      ? Promise.resolve()
      : watchProgress({ client, decisionId, onProgress, signal: done.signal });
  try {
    return await importing;
  } finally {
    done.abort();
    await watching;
  }
}

type ProgressWatch = Required<Pick<RollUploadOptions, "decisionId" | "onProgress">> & {
  client: Client;
  signal: AbortSignal;
};

async function watchProgress(watch: ProgressWatch): Promise<void> {
  const { client, decisionId, onProgress, signal } = watch;
  const path = { decisionId };
  while (!signal.aborted) {
    const { upload } = await client.call("GET /api/v1/decisions/{decisionId}/roll", { path });
    if (upload !== null) onProgress(upload);
    // It ends early when the upload does.
    await sleep(progressPollMs, undefined, { signal }).catch(() => {});
  }
}

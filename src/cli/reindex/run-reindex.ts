import { connectClient } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { exitStatus } from "../command-line/usage-error.ts";
import type { ReindexOptions } from "../commands/reindex.ts";
import { reindex } from "./reindex.ts";

/** Fills the search index again, and prints how far it is. */
export async function runReindex({ decisions, ...instance }: ReindexOptions): Promise<number> {
  const log = (line: string): void => console.error(line);
  const client = connectClient({ ...instance, connections: 1, signal: abortOnSignals(), log });
  try {
    return (await reindex(client, decisions)) ? exitStatus.ok : exitStatus.differences;
  } finally {
    await client.close();
  }
}

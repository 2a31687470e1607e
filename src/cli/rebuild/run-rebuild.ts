import { connectClient } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { exitStatus } from "../command-line/usage-error.ts";
import type { RebuildOptions } from "../commands/rebuild.ts";
import { rebuildDecisions } from "./rebuild-decisions.ts";

/** Has the database's rows of decisions written again, and prints a line for each. */
export async function runRebuild({ decisions, ...instance }: RebuildOptions): Promise<number> {
  const log = (line: string): void => console.error(line);
  const client = connectClient({ ...instance, connections: 1, signal: abortOnSignals(), log });
  try {
    const areAllBegun = await rebuildDecisions(client, decisions);
    return areAllBegun ? exitStatus.ok : exitStatus.differences;
  } finally {
    await client.close();
  }
}

import { existsSync, renameSync, rmSync } from "node:fs";
import type { Client } from "../../client/client.ts";
import { connectClient, type Instance } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { startProgress } from "../command-line/progress.ts";
import { exitStatus, UsageError } from "../command-line/usage-error.ts";
import { openLineFile } from "../command-line/line-file.ts";
import { compareRegister } from "./compare-register.ts";
import { markRegister, registerHeader, type RegisterCount } from "./mark-register.ts";
import { votersInFile } from "./voters-in-file.ts";

export type RegisterOptions = Instance & {
  decisionId: string;
  /** The voters, in a CSV file. */
  file: string;
  /** Where the register goes; it is there once it is whole. */
  out: string;
};

/** Writes the marked register of a decision and says whether it has as many marks as the outcome. */
export async function runRegister(options: RegisterOptions): Promise<number> {
  const { decisionId, file, out } = options;
  if (existsSync(out)) throw new UsageError(`there is a file "${out}" already`);
  // A file that can't be read is found out before anything is asked in public.
  let voters = 0;
  for await (const _ of votersInFile(file)) voters += 1;
  const log = (line: string): void => console.error(line);
  const client = connectClient({ ...options, connections: 1, signal: abortOnSignals(), log });
  try {
    const count = await writeRegister(client, options, voters);
    renameSync(`${out}.part`, out);
    const path = { decisionId };
    const outcome = await client.call("GET /api/v1/decisions/{decisionId}/outcome", { path });
    const { isSame, said } = compareRegister(count, outcome);
    console.log(said);
    return isSame ? exitStatus.ok : exitStatus.differences;
  } finally {
    await client.close();
  }
}

/** Under another name until it is whole. */
async function writeRegister(
  client: Client,
  { decisionId, file, out }: RegisterOptions,
  voters: number,
): Promise<RegisterCount> {
  const part = `${out}.part`;
  rmSync(part, { force: true });
  const register = openLineFile(part);
  const progress = startProgress(decisionId, "voters", voters);
  try {
    // The byte order mark, without which Excel takes UTF-8 for the country's own encoding.
    register.append(`\uFEFF${registerHeader.slice(0, -1)}`);
    return await markRegister({
      client,
      decisionId,
      voterIds: votersInFile(file),
      write: (lines) => register.append(lines.slice(0, -1)),
      onProgress: (marked) => progress.advance(marked),
    });
  } finally {
    register.close();
    progress.finish();
  }
}

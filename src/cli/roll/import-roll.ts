import { openAsBlob } from "node:fs";
import { connectClient, type Instance } from "../api/connect.ts";
import { uploadRoll } from "../api/upload-roll.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { startProgress } from "../command-line/progress.ts";
import { requireFile } from "../command-line/file-fault.ts";
import { exitStatus } from "../command-line/usage-error.ts";
import { describeImport } from "./describe-import.ts";

export type RollOptions = Instance & {
  decisionId: string;
  file: string;
  contentType: "text/csv" | "application/x-ndjson";
  twins: "refuse" | "first";
  /** Columns that are passed over, with commas between. */
  ignore: string;
};

/** Imports a roll and says what became of its rows. */
export async function runRollImport(options: RollOptions): Promise<number> {
  const { decisionId, file: path, contentType, twins, ignore } = options;
  requireFile(path);
  const file = await openAsBlob(path, { type: contentType });
  const log = (line: string): void => console.error(line);
  const client = connectClient({ ...options, connections: 2, signal: abortOnSignals(), log });
  const progress = startProgress(decisionId, "bytes", file.size);
  let shown = 0;
  try {
    const report = await uploadRoll(client, {
      decisionId,
      file,
      twins,
      ignore,
      onProgress({ bytes }) {
        progress.advance(bytes - shown);
        shown = bytes;
      },
    });
    progress.advance(file.size - shown);
    progress.finish();
    console.log(describeImport(report).join("\n"));
    return report.refused === 0 ? exitStatus.ok : exitStatus.differences;
  } finally {
    progress.finish();
    await client.close();
  }
}

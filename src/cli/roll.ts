import { createReadStream, statSync } from "node:fs";
import { createApiClient } from "./client/api-client.ts";
import { uploadRoll } from "./client/upload-roll.ts";
import { abortOnSignals } from "./command-line/abort-on-signals.ts";
import { startProgress } from "./command-line/progress.ts";
import { exitStatus, runMain, UsageError } from "./command-line/usage-error.ts";
import { describeImport } from "./roll/describe-import.ts";
import { readRollOptions } from "./roll/options.ts";

/** `npm run roll -- --on … --key … --decision … --file voters.csv`: imports a roll and says what became of its rows. */
await runMain(async () => {
  const { origin, key, decisionId, file, contentType } = readRollOptions(process.argv.slice(2));
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new UsageError(`there is no file "${file}"`);
  const signal = abortOnSignals();
  const client = createApiClient({ origin, key, connections: 1, signal });
  const progress = startProgress(decisionId, "bytes", size);
  let shown = 0;
  try {
    const report = await uploadRoll(client, {
      origin,
      key,
      decisionId,
      file: { contentType, body: createReadStream(file), bytes: size },
      signal,
      onProgress({ bytes }) {
        progress.advance(bytes - shown);
        shown = bytes;
      },
    });
    progress.advance(size - shown);
    progress.finish();
    console.log(describeImport(report).join("\n"));
    return report.refused === 0 ? exitStatus.ok : exitStatus.differences;
  } finally {
    progress.finish();
    await client.close();
  }
});

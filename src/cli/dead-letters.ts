import { createApiClient } from "./client/api-client.ts";
import { exitStatus, runMain } from "./command-line/usage-error.ts";
import { abortOnSignals } from "./command-line/abort-on-signals.ts";
import { listDeadLetters, replayDeadLetters, showDeadLetter } from "./dead-letters/commands.ts";
import { readDeadLettersOptions } from "./dead-letters/options.ts";

/** `npm run dead-letters -- list|show|replay`: what the database refused, and the way to write it again. */
await runMain(async () => {
  const { command, origin, key, decisionId, withClosed, id } = readDeadLettersOptions(
    process.argv.slice(2),
  );
  const signal = abortOnSignals();
  const client = createApiClient({ origin, key, connections: 1, signal });
  try {
    if (command === "show") return await showDeadLetter(client, id);
    if (command === "list") return await listDeadLetters(client, { decisionId, withClosed });
    const isAllLanded = await replayDeadLetters(client, { decisionId, id });
    return isAllLanded ? exitStatus.ok : exitStatus.differences;
  } finally {
    await client.close();
  }
});

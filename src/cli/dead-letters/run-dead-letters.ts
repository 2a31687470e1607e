import type { Client } from "../../client/client.ts";
import { connectClient, type Instance } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { exitStatus } from "../command-line/usage-error.ts";
import type {
  DismissDeadLetter,
  ListDeadLetters,
  ReplayDeadLetters,
  ShowDeadLetter,
} from "../commands/dead-letters.ts";
import {
  dismissDeadLetter,
  printDeadLetter,
  printDeadLetters,
  writeAgain,
} from "./dead-letters.ts";

/** Prints the dead letters, a line each. */
export async function runDeadLetterList(options: ListDeadLetters): Promise<number> {
  await withClientOf(options, (client) => printDeadLetters(client, options));
  return exitStatus.ok;
}

/** Prints one dead letter. */
export async function runDeadLetterShow(options: ShowDeadLetter): Promise<number> {
  await withClientOf(options, (client) => printDeadLetter(client, options.id));
  return exitStatus.ok;
}

/** Writes dead letters again, and prints what came of each. */
export async function runDeadLetterReplay(options: ReplayDeadLetters): Promise<number> {
  const isAllDone = await withClientOf(options, (client) => writeAgain(client, options));
  return isAllDone ? exitStatus.ok : exitStatus.differences;
}

/** Drops one dead letter that can't be read. */
export async function runDeadLetterDismissal(options: DismissDeadLetter): Promise<number> {
  await withClientOf(options, (client) => dismissDeadLetter(client, options.id));
  return exitStatus.ok;
}

async function withClientOf<T>(
  instance: Instance,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const log = (line: string): void => console.error(line);
  const client = connectClient({ ...instance, connections: 1, signal: abortOnSignals(), log });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

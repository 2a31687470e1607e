import type { Client } from "../../client/client.ts";
import type { DeadLetterAnswer, DeadLetterOutcome } from "../api/answers.ts";
import { listAll } from "../api/list-all.ts";
import { alignColumns } from "../command-line/align-columns.ts";

export type DeadLetterSelection = {
  /** Null for those of all decisions. */
  decision: string | null;
  /** Whether those are listed too whose ballot has landed. */
  withClosed: boolean;
};

const outcomeWords: Record<DeadLetterOutcome, string> = {
  landed: "landed",
  refused: "still refused",
  not_recorded: "its shard has no such ballot; dropped",
  unreadable: "unreadable",
};

/** Prints the dead letters, by id, a line each. */
export async function printDeadLetters(
  client: Client,
  selection: DeadLetterSelection,
): Promise<void> {
  const rows: string[][] = [];
  for await (const { id, retries, at, open, cause } of deadLettersOf(client, selection)) {
    rows.push([id, open ? "open" : "closed", String(retries), at, cause]);
  }
  const head = ["id", "state", "retries", "at", "cause"];
  console.log(rows.length === 0 ? "no dead letters" : alignColumns([head, ...rows]).join("\n"));
}

/** Prints one dead letter with the record that was refused. */
export async function printDeadLetter(client: Client, id: string): Promise<void> {
  const deadLetter = await client.call("GET /api/v1/dead-letters/{deadLetterId}", {
    path: { deadLetterId: id },
  });
  console.log(JSON.stringify(deadLetter, null, 2));
}

/**
 * Writes one dead letter again, or every open one, and prints what came of each; tells whether all
 * are done with.
 */
export async function writeAgain(
  client: Client,
  { id: only, decision }: { id: string | null; decision: string | null },
): Promise<boolean> {
  let isAllDone = true;
  const replay = async (id: string): Promise<void> => {
    const path = { deadLetterId: id };
    const { outcome } = await client.call("POST /api/v1/dead-letters/{deadLetterId}/replay", {
      path,
    });
    console.log(`${id}  ${outcomeWords[outcome]}`);
    if (outcome === "refused" || outcome === "unreadable") isAllDone = false;
  };
  if (only !== null) await replay(only);
  else {
    const selection = { decision, withClosed: false };
    for await (const { id } of deadLettersOf(client, selection)) await replay(id);
  }
  return isAllDone;
}

/** Drops a dead letter that can't be read, and says so. */
export async function dismissDeadLetter(client: Client, id: string): Promise<void> {
  await client.call("POST /api/v1/dead-letters/{deadLetterId}/dismiss", {
    path: { deadLetterId: id },
  });
  console.log(`${id}  dismissed`);
}

function deadLettersOf(
  client: Client,
  { decision, withClosed }: DeadLetterSelection,
): AsyncGenerator<DeadLetterAnswer> {
  const state = withClosed ? "all" : "open";
  const of = decision === null ? {} : { decision_id: decision };
  return listAll((query) =>
    client.call("GET /api/v1/dead-letters", { query: { ...query, ...of, state } }),
  );
}

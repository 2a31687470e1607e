import type { ApiClient } from "../client/api-client.ts";
import {
  deadLetterListSchema,
  deadLetterSchema,
  replayAnswerSchema,
  type DeadLetterAnswer,
  type ReplayAnswer,
} from "../client/contract.ts";
import { listAll } from "../client/list-all.ts";
import { alignColumns } from "../command-line/align-columns.ts";
import { exitStatus } from "../command-line/usage-error.ts";

type Selection = { decisionId: string | null; withClosed: boolean };

const outcomeWords: Record<ReplayAnswer["outcome"], string> = {
  landed: "landed",
  refused: "still refused",
  not_recorded: "its shard has no such ballot; dropped",
  unreadable: "unreadable",
};

/** Prints the dead letters, by id, a line each. */
export async function listDeadLetters(client: ApiClient, selection: Selection): Promise<number> {
  const rows: string[][] = [];
  for await (const deadLetter of deadLettersOf(client, selection)) {
    const { id, retries, at, open, cause } = deadLetter;
    rows.push([id, open ? "open" : "closed", String(retries), at, cause]);
  }
  const head = ["id", "state", "retries", "at", "cause"];
  console.log(rows.length === 0 ? "no dead letters" : alignColumns([head, ...rows]).join("\n"));
  return exitStatus.ok;
}

/** Prints one dead letter with the record that was refused. */
export async function showDeadLetter(client: ApiClient, id: string): Promise<number> {
  console.log(JSON.stringify(await client.get(`/dead-letters/${id}`, deadLetterSchema), null, 2));
  return exitStatus.ok;
}

/** Writes one dead letter again, or every open one; tells whether all of them are done with. */
export async function replayDeadLetters(
  client: ApiClient,
  { decisionId, id }: { decisionId: string | null; id: string },
): Promise<boolean> {
  let isAllDone = true;
  const replay = async (at: string): Promise<void> => {
    const { outcome } = await client.post(`/dead-letters/${at}/replay`, {}, replayAnswerSchema);
    console.log(`${at}  ${outcomeWords[outcome]}`);
    if (outcome === "refused" || outcome === "unreadable") isAllDone = false;
  };
  if (id !== "") await replay(id);
  else {
    const selection = { decisionId, withClosed: false };
    for await (const deadLetter of deadLettersOf(client, selection)) await replay(deadLetter.id);
  }
  return isAllDone;
}

function deadLettersOf(
  client: ApiClient,
  { decisionId, withClosed }: Selection,
): AsyncGenerator<DeadLetterAnswer> {
  const of = decisionId === null ? "" : `&decision_id=${decisionId}`;
  const state = withClosed ? "all" : "open";
  return listAll((query) =>
    client.get(`/dead-letters?${query}&state=${state}${of}`, deadLetterListSchema),
  );
}

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

/** Prints the letters, oldest place first, a line each. */
export async function listLetters(client: ApiClient, selection: Selection): Promise<number> {
  const rows: string[][] = [];
  for await (const letter of lettersOf(client, selection)) {
    const { place, retries, at, open, cause } = letter;
    rows.push([place, open ? "open" : "closed", String(retries), at, cause]);
  }
  const head = ["place", "state", "retries", "at", "cause"];
  console.log(rows.length === 0 ? "no dead letters" : alignColumns([head, ...rows]).join("\n"));
  return exitStatus.ok;
}

/** Prints one letter with the record that was refused. */
export async function showLetter(client: ApiClient, place: string): Promise<number> {
  console.log(
    JSON.stringify(await client.get(`/dead-letters/${place}`, deadLetterSchema), null, 2),
  );
  return exitStatus.ok;
}

/** Writes one letter again, or every open one; tells whether all of them are done with. */
export async function replayLetters(
  client: ApiClient,
  { decisionId, place }: { decisionId: string | null; place: string },
): Promise<boolean> {
  let isAllDone = true;
  const replay = async (at: string): Promise<void> => {
    const { outcome } = await client.post(`/dead-letters/${at}/replay`, {}, replayAnswerSchema);
    console.log(`${at}  ${outcomeWords[outcome]}`);
    if (outcome === "refused" || outcome === "unreadable") isAllDone = false;
  };
  if (place !== "") await replay(place);
  else {
    const selection = { decisionId, withClosed: false };
    for await (const letter of lettersOf(client, selection)) await replay(letter.place);
  }
  return isAllDone;
}

function lettersOf(
  client: ApiClient,
  { decisionId, withClosed }: Selection,
): AsyncGenerator<DeadLetterAnswer> {
  const of = decisionId === null ? "" : `&decision_id=${decisionId}`;
  const state = withClosed ? "all" : "open";
  return listAll((query) =>
    client.get(`/dead-letters?${query}&state=${state}${of}`, deadLetterListSchema),
  );
}

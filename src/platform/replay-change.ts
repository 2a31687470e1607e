import type { DeadLetter, DeadLetterStore } from "../database/database.ts";
import { applyChanges } from "../search/apply-changes.ts";
import { searchedRecord } from "./adapters/searched-record.ts";
import { changeReaderOf } from "./index-changes.ts";
import { indexHistory } from "./index-history.ts";
import { searchOf } from "./search.ts";

type DeadText = Pick<DeadLetter, "decisionId" | "body">;

/** Whether a dead letter is a change of the search index that can be applied again. */
export function isChange(env: Env, deadLetter: DeadText): boolean {
  return changeIn(env, deadLetter) !== null;
}

/**
 * Brings the change of a dead letter into the index, as the record has it now, and drops it; null
 * where it is none, or the deployment has no search.
 * @throws {SearchUnavailable} it is still there
 */
export async function replayChange(
  env: Env,
  deadLetter: DeadText & Pick<DeadLetter, "id">,
  store: Pick<DeadLetterStore, "dropDeadLetter">,
): Promise<"landed" | "refused" | null> {
  const change = changeIn(env, deadLetter);
  const index = searchOf(env);
  if (change === null || index === null) return null;
  const unapplied = await applyChanges(
    { index, record: searchedRecord(env), history: indexHistory(env) },
    [change],
  );
  if (unapplied.length > 0) return "refused";
  await store.dropDeadLetter(deadLetter.id);
  return "landed";
}

function changeIn(env: Env, { decisionId, body }: DeadText) {
  if (decisionId !== null || searchOf(env) === null) return null;
  return changeReaderOf(env)(body);
}

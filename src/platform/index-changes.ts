import { sha256Hex } from "../auth/digest.ts";
import {
  consumeChanges,
  type ChangeConsumerDependencies,
  type DeliveredChange,
} from "../search/consume-changes.ts";
import { readSignedChange } from "../search/signed-change.ts";
import { searchedRecord } from "./adapters/searched-record.ts";
import { indexHistory } from "./index-history.ts";
import { reportDeadLetter } from "./report-failure.ts";
import { searchOf } from "./search.ts";
import { deadLettersOf, logSignatureOf } from "./vote-log.ts";

/**
 * Brings delivered changes into the deployment's index, and gives those that are to come again; a
 * deployment without search has no use for any.
 * @throws {SearchUnavailable} then all are to come again
 */
export async function indexChanges(
  env: Env,
  delivered: readonly DeliveredChange[],
): Promise<readonly DeliveredChange[]> {
  const deps = changeConsumerOf(env);
  return deps === null ? [] : consumeChanges(deps, delivered);
}

/** The change that a delivered text is; null where it is something else. */
export function changeReaderOf(env: Env): (text: string) => DeliveredChange["change"] | null {
  const signature = logSignatureOf(env);
  return (text) => readSignedChange(signature, text);
}

function changeConsumerOf(env: Env): ChangeConsumerDependencies | null {
  const index = searchOf(env);
  return (
    index && {
      index,
      record: searchedRecord(env),
      history: indexHistory(env),
      deadLetters: deadLettersOf(env),
      onDeadLetter: reportDeadLetter,
      now: () => Date.now(),
      digest: sha256Hex,
    }
  );
}

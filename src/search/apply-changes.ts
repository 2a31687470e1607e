import { withDeadline } from "../shared/deadline.ts";
import { limits } from "../shared/limits.ts";
import { describeCause } from "../shared/loggable-error.ts";
import type { IndexHistory } from "./index-history.ts";
import type { SearchChange } from "./search-change.ts";
import { IndexRejected, type SearchReads, type SearchWriter } from "./search.ts";
import type { SearchedRecord } from "./searched-record.ts";

export interface ChangeDependencies {
  index: SearchWriter & Pick<SearchReads, "indexedTo">;
  record: Pick<SearchedRecord, "readDecision" | "readBallots">;
  history: IndexHistory;
}

/**
 * A change that is not in the index: what can't be read of the record is tried again, and what the
 * index refuses is not.
 */
export interface UnappliedChange {
  change: SearchChange;
  reason: "unread" | "refused";
  cause: string;
}

type ChangeOf<Kind> = Extract<SearchChange, { kind: Kind }>;

/**
 * Brings into the index what has changed, as the record has it now, and tells what is not in it. So
 * much is read at once as fits an isolate's memory; the index is waited for before more is read.
 * @throws {SearchUnavailable} any part of the changes is in the index
 */
export async function applyChanges(
  deps: ChangeDependencies,
  changes: readonly SearchChange[],
): Promise<readonly UnappliedChange[]> {
  const { index, record } = deps;
  const decisions = ofKind(changes, "decision");
  const ballots = ofKind(changes, "ballots");
  const unapplied = [
    ...(await applyAll(decisions, {
      read: async ({ decisionId }) => (await record.readDecision(decisionId))?.document ?? null,
      index: (documents) => index.indexDecisions(documents),
    })),
    ...(await applyAll(ballots, {
      read: ({ decisionId, page }) => record.readBallots(decisionId, page),
      index: (pages) => index.indexBallots(pages),
    })),
  ];
  if (unapplied.length === 0) await noteTimes(deps, changes);
  return unapplied;
}

/**
 * That nothing has changed says nothing of an index that was never filled. One that has lost what it
 * had tells no time before it is filled again: what has changed since is not all that there is.
 */
async function noteTimes(
  { index, history }: ChangeDependencies,
  changes: readonly SearchChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const areTicks = changes.every(({ kind }) => kind === "tick");
  const isEmpty = (await index.indexedTo()) === null;
  if (isEmpty && (areTicks || (await history.wasFilled()))) return;
  await index.noteIndexedTo(Math.max(...changes.map(({ at }) => at)));
  await history.noteFilled();
}

/** By what the index names it when it refuses it. */
function keyOf(change: Exclude<SearchChange, { kind: "tick" }>): string {
  return change.kind === "decision" ? change.decisionId : `${change.decisionId}:${change.page}`;
}

/** The changes of a kind, each once: the record says what is so now. */
function ofKind<Kind extends "decision" | "ballots">(
  changes: readonly SearchChange[],
  kind: Kind,
): readonly ChangeOf<Kind>[] {
  const found = changes.filter((change): change is ChangeOf<Kind> => change.kind === kind);
  return [...new Map(found.map((change) => [keyOf(change), change])).values()];
}

interface Steps<Change, Document> {
  read(change: Change): Promise<Document | null>;
  index(documents: readonly Document[]): Promise<void>;
}

async function applyAll<Change extends Exclude<SearchChange, { kind: "tick" }>, Document>(
  changes: readonly Change[],
  steps: Steps<Change, Document>,
): Promise<UnappliedChange[]> {
  const unapplied: UnappliedChange[] = [];
  for (let from = 0; from < changes.length; from += limits.searchReadsAtOnceMax) {
    const some = changes.slice(from, from + limits.searchReadsAtOnceMax);
    const documents: Document[] = [];
    const readAll = some.map(async (change) => {
      try {
        const document = await withDeadline(steps.read(change), limits.searchReadMsMax);
        if (document !== null) documents.push(document);
      } catch (error) {
        unapplied.push({ change, reason: "unread", cause: describeCause(error) });
      }
    });
    await Promise.all(readAll);
    if (documents.length > 0) unapplied.push(...(await indexSome(some, documents, steps)));
  }
  return unapplied;
}

async function indexSome<Change extends Exclude<SearchChange, { kind: "tick" }>, Document>(
  changes: readonly Change[],
  documents: readonly Document[],
  steps: Steps<Change, Document>,
): Promise<UnappliedChange[]> {
  try {
    await steps.index(documents);
    return [];
  } catch (error) {
    if (!(error instanceof IndexRejected)) throw error;
    const causes = new Map(error.rejected.map(({ key, cause }) => [key, cause]));
    return changes.flatMap((change) => {
      const cause = causes.get(keyOf(change));
      return cause === undefined ? [] : [{ change, reason: "refused" as const, cause }];
    });
  }
}

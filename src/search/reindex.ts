import { withDeadline } from "../shared/deadline.ts";
import { limits } from "../shared/limits.ts";
import { IndexRejected, type BallotPage, type SearchRebuild, type SearchWriter } from "./search.ts";
import type { SearchedDecision, SearchedRecord } from "./searched-record.ts";

/** How far a reindex has come. */
export interface ReindexCursor {
  /** The rebuild that it fills; 0 where it is of one decision. */
  round: number;
  /** When it began, in ms. */
  began: number;
  /** The last decision that was read. */
  decisionId: string;
  /** How many pages of it are in the index. */
  pages: number;
}

/** What a portion has brought into the index. */
export interface ReindexedPortion {
  decisions: number;
  ballots: number;
  /**
   * What the index refuses, or the record does not give: decisions, and pages of ballots as
   * `decision:page`.
   */
  refused: string[];
  /** Where to go on; null once it is done. */
  next: ReindexCursor | null;
}

export interface ReindexRequest {
  /** Null for all. */
  decisionId: string | null;
  after: ReindexCursor | null;
}

/**
 * Fills the index anew from the record: a portion of all decisions, or of one. The first portion of
 * all begins an index beside what is searched meanwhile, and the last puts it in its place. A portion
 * may be repeated. `not_begun`: what it would go on with never began, or another has begun since.
 * A decision that can't be read keeps no other from it; where none of many can be read, it rejects.
 * @throws {SearchUnavailable} a part of the portion may be in the index
 */
export interface SearchReindex {
  reindex(request: ReindexRequest): Promise<ReindexedPortion | "not_begun">;
}

export interface ReindexDependencies {
  index: SearchWriter & { rebuild: SearchRebuild };
  record: SearchedRecord;
  now: () => number;
}

export function searchReindex(deps: ReindexDependencies): SearchReindex {
  const { index, now } = deps;
  return {
    async reindex({ decisionId, after }) {
      const first = { round: 0, began: now(), decisionId: decisionId ?? "", pages: 0 };
      if (decisionId !== null) return indexPortion(deps, [decisionId], after ?? first);
      const from = after ?? { ...first, round: await index.rebuild.begin() };
      const state = await index.rebuild.stateOf(from.round);
      if (state === "gone") return "not_begun";
      if (state === "finished") {
        await index.noteIndexedTo(from.began);
        return { decisions: 0, ballots: 0, refused: [], next: null };
      }
      const ids = await idsFrom(deps.record, from);
      const portion = await indexPortion(deps, ids, from);
      if (portion.next !== null || ids.length > 0) {
        const last = ids.at(-1) ?? from.decisionId;
        return { ...portion, next: portion.next ?? { ...from, decisionId: last, pages: 0 } };
      }
      await index.rebuild.finish(from.round);
      if ((await index.rebuild.stateOf(from.round)) === "gone") return "not_begun";
      await index.noteIndexedTo(from.began);
      return portion;
    },
  };
}

/** The next decisions, before them the one whose pages were not all read. */
async function idsFrom(record: SearchedRecord, from: ReindexCursor): Promise<string[]> {
  const isWithin = from.pages > 0;
  const max = limits.reindexReadsMax - (isWithin ? 1 : 0);
  const following = await record.listIds(from.decisionId, max);
  return isWithin ? [from.decisionId, ...following] : following;
}

/** A decision, and which of its pages this portion takes. */
type PortionPart = SearchedDecision & { from: number; to: number };

async function indexPortion(
  { index, record }: ReindexDependencies,
  ids: readonly string[],
  cursor: ReindexCursor,
): Promise<ReindexedPortion> {
  const answers = await readEach(ids, (id) => record.readDecision(id));
  const failures = answers.filter((answer) => "cause" in answer);
  if (failures.length === limits.reindexReadsMax) throw failures[0]?.cause;
  const parts: PortionPart[] = [];
  const unread: string[] = [];
  let left: number = limits.reindexReadsMax;
  let next: ReindexCursor | null = null;
  let passed = cursor.decisionId;
  for (const answer of answers) {
    const id = answer.key;
    if ("cause" in answer) {
      unread.push(id);
    } else if (answer.found !== null) {
      const decision = answer.found;
      const from = id === cursor.decisionId ? cursor.pages : 0;
      if (left === 0 && decision.pages > from) {
        // It is read again, with its pages.
        next = { ...cursor, decisionId: passed, pages: 0 };
        break;
      }
      const to = Math.min(decision.pages, from + left);
      parts.push({ ...decision, from, to });
      left -= to - from;
      if (to < decision.pages) {
        next = { ...cursor, decisionId: id, pages: to };
        break;
      }
    }
    passed = id;
  }
  const pages = await readPages(record, parts);
  const documents = parts.map(({ document }) => document);
  const refused = [
    ...unread,
    ...pages.unread,
    ...(await refusedOf(documents, (some) => index.indexDecisions(some))),
    ...(await refusedOf(pages.found, (some) => index.indexBallots(some))),
  ];
  const ballots = pages.found.reduce((sum, page) => sum + page.ballots.length, 0);
  // One that goes on was counted with its first portion.
  const decisions = parts.filter(({ from }) => from === 0).length;
  return { decisions, ballots, refused, next };
}

async function readPages(record: SearchedRecord, parts: readonly PortionPart[]) {
  const wanted = parts.flatMap(({ document, from, to }) =>
    Array.from({ length: to - from }, (_, index) => ({ id: document.id, page: from + 1 + index })),
  );
  const answers = await readEach(wanted, ({ id, page }) => record.readBallots(id, page));
  const found: BallotPage[] = [];
  const unread: string[] = [];
  for (const answer of answers) {
    if ("cause" in answer) unread.push(`${answer.key.id}:${answer.key.page}`);
    else if (answer.found !== null) found.push(answer.found);
  }
  return { found, unread };
}

type Answer<Key, Found> = { key: Key; found: Found } | { key: Key; cause: unknown };

function readEach<Key, Found>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Found>,
): Promise<Answer<Key, Found>[]> {
  const answers = keys.map(async (key) => {
    try {
      return { key, found: await withDeadline(read(key), limits.searchReadMsMax) };
    } catch (cause) {
      return { key, cause };
    }
  });
  return Promise.all(answers);
}

async function refusedOf<Document>(
  documents: readonly Document[],
  index: (some: readonly Document[]) => Promise<void>,
): Promise<string[]> {
  if (documents.length === 0) return [];
  try {
    await index(documents);
    return [];
  } catch (error) {
    if (!(error instanceof IndexRejected)) throw error;
    return error.rejected.map(({ key }) => key);
  }
}

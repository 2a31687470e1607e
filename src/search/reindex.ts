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
  /** What the index refuses: decisions, and pages of ballots as `decision:page`. */
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
  const found = await Promise.all(ids.map((id) => read(record.readDecision(id))));
  const parts: PortionPart[] = [];
  let left: number = limits.reindexReadsMax;
  let next: ReindexCursor | null = null;
  for (const decision of found) {
    if (decision === null) continue;
    const { id } = decision.document;
    const from = id === cursor.decisionId ? cursor.pages : 0;
    if (left === 0 && decision.pages > from) {
      // It is read again, with its pages.
      next = { ...cursor, decisionId: parts.at(-1)?.document.id ?? cursor.decisionId, pages: 0 };
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
  const pages = await readPages(record, parts);
  const documents = parts.map(({ document }) => document);
  const refused = [
    ...(await refusedOf(documents, (some) => index.indexDecisions(some))),
    ...(await refusedOf(pages, (some) => index.indexBallots(some))),
  ];
  const ballots = pages.reduce((sum, page) => sum + page.ballots.length, 0);
  // One that goes on was counted with its first portion.
  const decisions = parts.filter(({ from }) => from === 0).length;
  return { decisions, ballots, refused, next };
}

async function readPages(
  record: SearchedRecord,
  parts: readonly PortionPart[],
): Promise<BallotPage[]> {
  const wanted = parts.flatMap(({ document, from, to }) =>
    Array.from({ length: to - from }, (_, index) => [document.id, from + 1 + index] as const),
  );
  const found = await Promise.all(wanted.map(([id, page]) => read(record.readBallots(id, page))));
  return found.filter((page) => page !== null);
}

function read<Found>(promise: Promise<Found>): Promise<Found> {
  return withDeadline(promise, limits.searchReadMsMax);
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

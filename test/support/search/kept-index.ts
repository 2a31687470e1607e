import type { DecisionDocument } from "../../../src/search/decision-document.ts";
import {
  IndexRejected,
  type BallotPage,
  type SearchReads,
  type SearchRebuild,
  type SearchWriter,
} from "../../../src/search/search.ts";

/** An index as maps, which throws what it is told to throw and refuses what it is told to refuse. */
export function keptIndex() {
  const kept = {
    decisions: new Map<string, DecisionDocument>(),
    pages: new Map<string, BallotPage>(),
    indexedTo: null as number | null,
    /** How often it was begun and finished to fill it anew. */
    begun: 0,
    finished: 0,
    outage: null as Error | null,
    refused: new Set<string>(),
  };
  let isUnderWay = false;
  const keepAll = <Document>(
    into: Map<string, Document>,
    documents: readonly Document[],
    keyOf: (document: Document) => string,
  ): void => {
    if (kept.outage !== null) throw kept.outage;
    const rejected: { key: string; cause: string }[] = [];
    for (const document of documents) {
      const key = keyOf(document);
      if (kept.refused.has(key)) rejected.push({ key, cause: "made to refuse" });
      else into.set(key, document);
    }
    if (rejected.length > 0) throw new IndexRejected(rejected);
  };
  const index: SearchWriter & Pick<SearchReads, "indexedTo"> & { rebuild: SearchRebuild } = {
    async indexedTo() {
      if (kept.outage !== null) throw kept.outage;
      return kept.indexedTo;
    },
    indexDecisions: async (documents) => keepAll(kept.decisions, documents, ({ id }) => id),
    indexBallots: async (pages) =>
      keepAll(kept.pages, pages, ({ decisionId, page }) => `${decisionId}:${page}`),
    async noteIndexedTo(at) {
      if (kept.outage !== null) throw kept.outage;
      kept.indexedTo = Math.max(at, kept.indexedTo ?? 0);
    },
    rebuild: {
      async begin() {
        kept.begun += 1;
        isUnderWay = true;
        return kept.begun;
      },
      async stateOf(round) {
        if (round !== kept.begun) return "gone";
        return isUnderWay ? "under_way" : "finished";
      },
      async finish(round) {
        if (round !== kept.begun || !isUnderWay) return;
        kept.finished += 1;
        isUnderWay = false;
      },
    },
  };
  return { kept, index };
}

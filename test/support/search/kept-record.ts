import type { SearchedRecord } from "../../../src/search/searched-record.ts";
import { sampleBallot, sampleDocument } from "./samples.ts";

/** A record of decisions by their ids, with so many pages each of one ballot; null was never opened. */
export function keptRecord(decisions: Readonly<Record<string, number | null>>) {
  const asked: string[] = [];
  const broken = new Set<string>();
  const ask = (key: string): void => {
    asked.push(key);
    if (broken.has(key)) throw new Error(`the object of ${key} is away`);
  };
  const record: SearchedRecord = {
    async readDecision(decisionId) {
      ask(decisionId);
      const pages = decisions[decisionId] ?? null;
      return pages === null ? null : { document: sampleDocument({ id: decisionId }), pages };
    },
    async readBallots(decisionId, page) {
      ask(`${decisionId}:${page}`);
      const isThere = page <= (decisions[decisionId] ?? 0);
      return isThere ? { decisionId, page, ballots: [sampleBallot()] } : null;
    },
    listIds: async (after, max) =>
      Object.keys(decisions)
        .toSorted()
        .filter((id) => id > after)
        .slice(0, max),
  };
  return { record, asked, broken };
}

import type { DecisionDocument } from "../../../src/search/decision-document.ts";
import type { BallotDocument } from "../../../src/search/search.ts";

/** 1 November 2026, 00:00 UTC. */
export const november = Date.UTC(2026, 10, 1);

export function sampleDocument(more: Partial<DecisionDocument> & { id: string }): DecisionDocument {
  return {
    version: 2,
    texts: [{ language: "en", title: `Decision ${more.id}`, description: "" }],
    status: "open",
    outcome: null,
    owner: null,
    regions: [],
    rule: "ballots",
    opensAt: november,
    closesAt: null,
    closedAt: null,
    electorate: null,
    voted: null,
    ...more,
  };
}

/** A decision with these words alone. */
export function titled(id: string, title: string, description = ""): DecisionDocument {
  return sampleDocument({ id, texts: [{ language: "en", title, description }] });
}

let ballots = 0;
export function sampleBallot(more: Partial<BallotDocument> = {}): BallotDocument {
  ballots += 1;
  const hash = ballots.toString(16).padStart(64, "0");
  return { hash, choice: "yes", region: null, weight: 1, at: november, ...more };
}

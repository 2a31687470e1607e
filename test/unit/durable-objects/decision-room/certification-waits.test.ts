import { describe, expect, it } from "vitest";
import {
  certificationState,
  type CertificationWaitsDependencies,
} from "../../../../durable-objects/decision-room/certification-waits.ts";
import type { Decision } from "../../../../src/decision/decision.ts";

const decisionId = "delta";
const closed = { status: "closed", closedAt: 5, draft: { id: decisionId } } as Decision;

interface Stored {
  appliedSeq: number;
  ballots: number;
}

/** A closed decision of one shard, sealed at its ballot 9, over what the database has of it. */
async function waitsWith({ appliedSeq, ballots }: Stored, { isPublished = true } = {}) {
  const reads: string[] = [];
  const rest = { openDeadLetters: 0, archived: [], results: [] };
  const progress = { decisionId, shard: 0, appliedSeq };
  const given = {
    store: { seals: new Map([[0, { shard: 0, seq: 9 }]]), marks: { get: () => -1 } },
    rowCheck: { purpose: null },
    results: { shown: () => ({ shows: "counts", decisionId, regions: new Map() }) },
    publication: { summary: isPublished ? {} : null },
    database: {
      async readProgress() {
        reads.push("progress");
        return { ...rest, shards: [progress] };
      },
      async readProjected() {
        reads.push("rows");
        return { ...rest, shards: [{ ...progress, ballots }] };
      },
    },
    report: () => {},
  };
  // What telling why a decision waits reads of its room, and no more.
  const deps = given as unknown as CertificationWaitsDependencies;
  const { waits } = await certificationState(deps, closed, 10);
  return { waits, reads };
}

describe("what a closed decision waits for", () => {
  it("is told without a count of rows while ballots are on their way", async () => {
    const { waits, reads } = await waitsWith({ appliedSeq: 8, ballots: 8 });
    expect(waits).toEqual([{ cause: "ballots", shards: [0] }]);
    expect(reads).toEqual(["progress"]);
  });

  it("is told without a count of rows where something else is missing", async () => {
    const stored = { appliedSeq: 9, ballots: 9 };
    const { waits, reads } = await waitsWith(stored, { isPublished: false });
    expect(waits).toEqual([{ cause: "publication", shards: [] }]);
    expect(reads).toEqual(["progress"]);
  });

  it("is rows that are gone, which a count alone finds", async () => {
    const { waits, reads } = await waitsWith({ appliedSeq: 9, ballots: 8 });
    expect(waits).toEqual([{ cause: "ballots", shards: [0] }]);
    expect(reads).toEqual(["progress", "rows"]);
  });

  it("is the next check where nothing is missing", async () => {
    const { waits } = await waitsWith({ appliedSeq: 9, ballots: 9 });
    expect(waits).toEqual([{ cause: "next_check", shards: [] }]);
  });
});

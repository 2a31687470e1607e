import { beforeEach, describe, expect, it } from "vitest";
import type { Database, DecisionRow } from "../../../src/database/database.ts";
import { ballotOf, freshDecisionId, times } from "./samples.ts";

/** What every database promises of a decision whose time to be kept is over (`BallotForgetting`). */
export function holdsForForgetting(connect: () => Promise<Database>): void {
  describe("what is forgotten of a decision", () => {
    let database: Database;
    let decisionId = "";
    beforeEach(async () => {
      database = await connect();
      decisionId = freshDecisionId();
      await database.project(certified(decisionId), []);
    });

    const run = (id: string, from: number, to: number, shard = 0) =>
      Array.from({ length: to - from + 1 }, (_, index) => ballotOf(id, from + index, { shard }));
    const pageOf = (id: string) =>
      database.listBallots({ decisionId: id, after: null, perPage: 100 });
    const deadLetter = (id: string) => ({
      id: `${id}:0:99`,
      body: "{}",
      decisionId: id,
      shard: 0,
      seq: 99,
      cause: "by hand",
      retries: 0,
      at: times.thisQuarter,
    });

    /** Forgets until it is done, and gives how many ballots were left after each portion. */
    async function forget(max: number): Promise<number[]> {
      const left: number[] = [];
      while ((await database.forgetBallots(decisionId, max)) === "more")
        left.push((await pageOf(decisionId)).items.length);
      return left;
    }

    it("goes in portions: ballots of all shards, regions and times, then the rest", async () => {
      await database.applyBallots([...run(decisionId, 1, 8), ...run(decisionId, 1, 4, 3)]);
      await database.keepDeadLetters([deadLetter(decisionId)]);
      expect(await forget(5)).toEqual([7, 2, 0]);
      expect(await database.countApplied(decisionId)).toBe(0);
      expect(await database.findDeadLetter(`${decisionId}:0:99`)).toBeNull();
      expect(await database.readProjected(decisionId, [])).toEqual({
        shards: [],
        openDeadLetters: 0,
        archived: [],
        results: [],
      });
    });

    it("is nothing of another decision, nor the decision's own row", async () => {
      const other = `${decisionId}-more`;
      await database.applyBallots([...run(decisionId, 1, 3), ...run(other, 1, 3)]);
      await database.keepDeadLetters([deadLetter(other)]);
      await forget(100);
      expect((await pageOf(other)).items).toHaveLength(3);
      expect(await database.countApplied(other)).toBe(3);
      expect(await database.findDeadLetter(`${other}:0:99`)).not.toBeNull();
      const query = { status: null, audiences: null, after: null, perPage: 100 };
      const { items } = await database.listDecisions(query);
      expect(items).toContainEqual({ decision: decisionId, owner: null, result: null });
    });

    it("is forgotten again without a change, also where there never was anything", async () => {
      await database.applyBallots(run(decisionId, 1, 3));
      await forget(100);
      expect(await database.forgetBallots(decisionId, 100)).toBe("done");
      const empty = freshDecisionId();
      await database.project(certified(empty), []);
      expect(await database.forgetBallots(empty, 100)).toBe("done");
    });

    it("begins with the progress of its shards where ballots come again afterwards", async () => {
      await database.applyBallots(run(decisionId, 1, 3));
      await forget(100);
      await database.applyBallots(run(decisionId, 2, 3));
      expect(await database.countApplied(decisionId)).toBe(0);
      expect(await forget(100)).toEqual([0]);
    });
  });
}

/** Its document is its id, so that lists show which they have. */
function certified(id: string): DecisionRow {
  return {
    id,
    title: "Certified",
    status: "certified",
    createdAt: 9_500_000_000_000 + Math.floor(Math.random() * 1_000_000_000),
    audience: "everybody",
    owner: null,
    document: id,
    revision: 1,
  };
}

import { beforeEach, describe, expect, it } from "vitest";
import type { Database, DeadLetter, ShardBallot } from "../../../src/database/database.ts";
import { limits } from "../../../src/shared/limits.ts";
import { ballotOf, freshDecisionId } from "./samples.ts";

/** What every database promises of dead letters (`DeadLetterStore`). */
export function holdsForDeadLetters(connect: () => Promise<Database>): void {
  describe("dead letters", () => {
    let database: Database;
    let decisionId = "";
    beforeEach(async () => {
      database = await connect();
      decisionId = freshDecisionId();
    });
    const ballot = (seq: number, more: Partial<ShardBallot> = {}) =>
      ballotOf(decisionId, seq, more);

    const deadLetter = (seq: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
      id: `${decisionId}:0:${seq}`,
      body: "b",
      decisionId,
      shard: 0,
      seq,
      cause: "first",
      retries: 3,
      at: 1,
      ...more,
    });
    const query = () => ({ decisionId, withClosed: false, after: null, perPage: 10 });

    it("are kept together, however many of the largest come at once", async () => {
      const body = "a".repeat(limits.deadLetterBytesMax);
      const many = Array.from({ length: 100 }, (_, index) => deadLetter(index + 1, { body }));
      await database.keepDeadLetters(many);
      expect((await database.readProjected(decisionId, [])).openDeadLetters).toBe(100);
      await database.keepDeadLetters([]);
    });

    it("are one dead letter a ballot, with the newest cause and all retries", async () => {
      await database.keepDeadLetters([deadLetter(4)]);
      await database.keepDeadLetters([deadLetter(4, { cause: "second", at: 2 })]);
      await database.keepDeadLetters([deadLetter(4, { cause: "older", at: 1 })]);
      expect((await database.readProjected(decisionId, [])).openDeadLetters).toBe(1);
      expect(await database.findDeadLetter(`${decisionId}:0:4`)).toEqual({
        ...deadLetter(4, { cause: "second", retries: 6, at: 2 }),
        isOpen: true,
      });
    });

    it("are open until their ballot has landed, before a gap or beyond it", async () => {
      await database.keepDeadLetters([2, 4, 9].map((seq) => deadLetter(seq)));
      expect((await database.readProjected(decisionId, [])).openDeadLetters).toBe(3);
      await database.applyBallots([ballot(1), ballot(3), ballot(4), ballot(5)]);
      const openOnes = async () =>
        (await database.listDeadLetters(query())).items.map(({ seq }) => seq);
      expect(await openOnes()).toEqual([2, 9]);
      await database.applyBallots([ballot(2)]);
      expect(await openOnes()).toEqual([9]);
      const { shards, ...rest } = await database.readProjected(decisionId, []);
      expect(shards).toEqual([{ decisionId, shard: 0, appliedSeq: 5, ballots: 5 }]);
      expect(rest.openDeadLetters).toBe(1);
      expect(await database.readProgress(decisionId, [])).toEqual({
        ...rest,
        shards: [{ decisionId, shard: 0, appliedSeq: 5 }],
      });
      const all = await database.listDeadLetters({ ...query(), withClosed: true });
      expect(all.items.map(({ seq, isOpen }) => [seq, isOpen])).toEqual([
        [2, false],
        [4, false],
        [9, true],
      ]);
    });

    it("are listed by id, in pages, and dropped for good", async () => {
      await database.keepDeadLetters([1, 2, 3].map((seq) => deadLetter(seq)));
      const first = await database.listDeadLetters({ ...query(), perPage: 2 });
      expect(first.items.map(({ seq }) => seq)).toEqual([1, 2]);
      const rest = await database.listDeadLetters({ ...query(), after: first.next, perPage: 2 });
      expect([rest.items.map(({ seq }) => seq), rest.next]).toEqual([[3], null]);
      await database.dropDeadLetter(`${decisionId}:0:2`);
      expect(await database.findDeadLetter(`${decisionId}:0:2`)).toBeNull();
    });

    it("of what could not be read name no ballot, and stay open", async () => {
      const nowhere = { id: decisionId, decisionId: null, shard: null, seq: null };
      await database.keepDeadLetters([deadLetter(1, { ...nowhere, body: "\u{1F5F3} or not" })]);
      expect(await database.findDeadLetter(decisionId)).toMatchObject({
        ...nowhere,
        body: "\u{1F5F3} or not",
        isOpen: true,
      });
    });
  });
}

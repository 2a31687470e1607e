import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ballotChoices } from "../../../src/ballot/ballot.ts";
import { recount } from "../../../src/ballot/recount.ts";
import { emptyRegionTally, isSameTally, type Count } from "../../../src/ballot/tally.ts";
import { BallotRejected, type Database, type ShardBallot } from "../../../src/database/database.ts";
import { limits } from "../../../src/shared/limits.ts";
import { ballotOf, freshDecisionId, longRegion, times } from "./samples.ts";

/** What every database promises of ballots (`BallotStore`, and what is read of them). */
export function holdsForBallots(connect: () => Promise<Database>): void {
  describe("ballots", () => {
    let database: Database;
    let decisionId = "";
    beforeEach(async () => {
      database = await connect();
      decisionId = freshDecisionId();
    });
    const ballot = (seq: number, more: Partial<ShardBallot> = {}) =>
      ballotOf(decisionId, seq, more);
    const run = (from: number, to: number, more: Partial<ShardBallot> = {}): ShardBallot[] =>
      Array.from({ length: to - from + 1 }, (_, index) => ballot(from + index, more));

    /** All ballots of the decision, a page at a time. */
    async function stored(perPage = 400): Promise<ShardBallot[]> {
      const found: ShardBallot[] = [];
      let after: { shard: number; seq: number } | null = null;
      do {
        const page = await database.listBallots({ decisionId, after, perPage });
        expect(page.items.length).toBeLessThanOrEqual(perPage);
        found.push(...page.items);
        after = page.next;
      } while (after !== null);
      return found;
    }
    const applied = async (ballots: readonly ShardBallot[]) =>
      (await database.applyBallots(ballots)).map(({ shard, appliedSeq }) => [shard, appliedSeq]);

    it("are stored as they are, by shard and seq, and confirmed up to the last", async () => {
      const ballots = [...run(1, 900), ...run(1, 100, { shard: 3 })];
      expect((await applied(ballots)).toSorted(([one = 0], [other = 0]) => one - other)).toEqual([
        [0, 900],
        [3, 100],
      ]);
      expect(await stored()).toEqual(ballots);
      expect(await database.countApplied(decisionId)).toBe(1_000);
      const { shards } = await database.readProjected(decisionId, []);
      expect(shards).toEqual([
        { decisionId, shard: 0, ballots: 900, appliedSeq: 900 },
        { decisionId, shard: 3, ballots: 100, appliedSeq: 100 },
      ]);
      expect((await database.readProjected(decisionId, [])).archived).toEqual([]);
    });

    it("are listed of a region or choice alone, in pages that look at a bounded number", async () => {
      const ballots = run(1, 900);
      const rare = ballot(901, { region: "rare", choice: "abstain" });
      await database.applyBallots([...ballots, rare]);
      const listed = async (filter: { region?: string; choice?: "yes" | "abstain" }) => {
        const found: ShardBallot[] = [];
        const pages: number[] = [];
        let after: { shard: number; seq: number } | null = null;
        do {
          const page = await database.listBallots({ decisionId, after, perPage: 100, ...filter });
          found.push(...page.items);
          pages.push(page.items.length);
          after = page.next;
        } while (after !== null);
        return { found, pages };
      };
      const { found, pages } = await listed({ region: "north", choice: "yes" });
      const isFound = ({ region, choice }: ShardBallot) => region === "north" && choice === "yes";
      expect(found).toEqual(ballots.filter(isFound));
      expect(pages).toEqual([found.length]);
      expect((await listed({ region: longRegion })).pages).toEqual([100, 100, 100]);
      expect((await listed({ choice: "abstain" })).found).toHaveLength(226);
      const { filteredBallotsMax } = limits;
      try {
        Reflect.set(limits, "filteredBallotsMax", 400);
        expect(await listed({ region: "rare" })).toEqual({ found: [rare], pages: [0, 0, 1] });
        expect((await listed({ choice: "yes" })).pages).toEqual([100, 100, 25]);
      } finally {
        Reflect.set(limits, "filteredBallotsMax", filteredBallotsMax);
      }
      expect((await listed({ region: "nowhere" })).pages).toEqual([0]);
    });

    it("change nothing when they come again, in whatever order and company", async () => {
      const ballots = run(1, 600);
      await database.applyBallots(ballots);
      expect(await applied(ballots.toReversed())).toEqual([[0, 600]]);
      expect(await applied(run(100, 300))).toEqual([[0, 600]]);
      expect(await applied([...run(550, 650), ...run(550, 650)])).toEqual([[0, 650]]);
      expect(await stored()).toEqual(run(1, 650));
    });

    it("are left as they are by others that claim their place, in another region and at another time too", async () => {
      await database.applyBallots(run(1, 10));
      await database.applyBallots([ballot(20)]);
      const claims = { region: "elsewhere", acceptedAt: times.thisQuarter, pid: "x" };
      await database.applyBallots(run(1, 10, claims));
      await database.applyBallots([ballot(20, claims)]);
      expect(await stored()).toEqual([...run(1, 10), ballot(20)]);
    });

    it("of one place in one batch are one, and the first", async () => {
      await database.applyBallots([ballot(1), ballot(1, { pid: "other", region: "elsewhere" })]);
      expect(await stored()).toEqual([ballot(1)]);
    });

    it("are never confirmed past a gap, and to the next gap once it is filled", async () => {
      expect(await applied(run(101, 200))).toEqual([]);
      expect(await applied(run(301, 400))).toEqual([]);
      expect(await applied(run(1, 50))).toEqual([[0, 50]]);
      expect(await applied(run(51, 100))).toEqual([[0, 200]]);
      expect(await applied(run(201, 300).toReversed())).toEqual([[0, 400]]);
      expect(await database.countApplied(decisionId)).toBe(400);
      expect(await applied([...run(401, 410), ...run(412, 420)])).toEqual([[0, 410]]);
    });

    it("are confirmed up to the first gap, whatever arrives in whatever order", async () => {
      // As a log may deliver them: twice, torn, in any order.
      const batch = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), {
        minLength: 1,
        maxLength: 12,
      });
      const delivered = fc.array(batch, { minLength: 1, maxLength: 12 });
      let shard = 0;
      await fc.assert(
        fc.asyncProperty(delivered, async (batches) => {
          shard += 1;
          const there = new Set<number>();
          for (const seqs of batches) {
            for (const seq of seqs) there.add(seq);
            const [reached] = await applied(seqs.map((seq) => ballot(seq, { shard })));
            let gapless = 0;
            while (there.has(gapless + 1)) gapless += 1;
            expect(reached).toEqual(gapless === 0 ? undefined : [shard, gapless]);
          }
        }),
        { numRuns: 30 },
      );
    });

    it("are counted by spans of a shard, in the order of the spans, and once each", async () => {
      const others = run(1, 5).map((each) => ({ ...each, decisionId: `${decisionId}-more` }));
      await database.applyBallots([
        ...run(1, 9),
        ...run(11, 20),
        ...run(1, 4, { shard: 3 }),
        ...others,
      ]);
      const span = (shard: number, afterSeq: number, untilSeq: number) => ({
        shard,
        afterSeq,
        untilSeq,
      });
      const count = (...spans: ReturnType<typeof span>[]) => database.countSpans(decisionId, spans);
      expect(await count(span(3, 0, 4), span(0, 0, 20), span(0, 8, 11), span(1, 0, 9))).toEqual([
        4, 19, 2, 0,
      ]);
      expect(await count(span(0, 9, 10), span(0, 20, 99), span(0, 19, 20))).toEqual([0, 0, 1]);
      const endless = Number.MAX_SAFE_INTEGER;
      expect(await count(span(0, 20, endless), span(3, 2, endless))).toEqual([0, 2]);
      expect(await count()).toEqual([]);
      expect(await database.countSpans(`${decisionId}-none`, [span(0, 0, 9)])).toEqual([0]);
    });

    it("counted again come to their tally: of each voter the newest counts, where it is no withdrawal", async () => {
      const said = (seq: number, pid: string, more: Partial<ShardBallot> = {}) =>
        ballot(seq, { pid, choice: "yes", region: "north", weight: 1, ...more });
      await database.applyBallots([
        said(1, "ana"),
        said(2, "ben", { weight: limits.ballotWeightMax }),
        said(3, "eve", { region: "" }),
        said(4, "ana", { choice: "no" }),
        said(5, "eve", { region: "", choice: "withdrawn" }),
        said(1, "ana", { shard: 7, weight: limits.ballotWeightMax }),
      ]);
      const { shards } = await database.readRecounted(decisionId, []);
      const north = (yes: Count, no: Count) =>
        new Map([["north", { ...emptyRegionTally(), yes, no }]]);
      const heavy = { ballots: 1, weight: BigInt(limits.ballotWeightMax) };
      const progress = { decisionId, ballots: 5, appliedSeq: 5 };
      expect(shards).toEqual([
        { ...progress, shard: 0, tally: north(heavy, { ballots: 1, weight: 1n }) },
        {
          ...progress,
          shard: 7,
          ballots: 1,
          appliedSeq: 1,
          tally: north(heavy, { ballots: 0, weight: 0n }),
        },
      ]);
    });

    it("counted again by the database come to what the core counts", async () => {
      const oneBallot = fc.record({
        pid: fc.constantFrom("a", "b", "-c", "_d", "e5", "Zz"),
        choice: fc.constantFrom(...ballotChoices),
        region: fc.constantFrom("", "north", longRegion),
        weight: fc.constantFrom(1, 7, limits.ballotWeightMax),
      });
      let shard = 100;
      await fc.assert(
        fc.asyncProperty(fc.array(oneBallot, { minLength: 1, maxLength: 40 }), async (contents) => {
          shard += 1;
          const ballots = contents.map((content, index) =>
            ballot(index + 1, { ...content, shard }),
          );
          await database.applyBallots(ballots);
          const expected = recount(ballots);
          const { shards } = await database.readRecounted(decisionId, []);
          const whole = shards.find((each) => each.shard === shard);
          expect(whole?.ballots).toBe(ballots.length);
          expect(isSameTally(whole?.tally ?? new Map(), expected)).toBe(true);
        }),
        { numRuns: 15 },
      );
    });

    it.each([
      ["a pid that is too long", { pid: "x".repeat(65) }],
      ["no pid", { pid: "" }],
      ["a weight of nothing", { weight: 0 }],
      ["a weight beyond all bounds", { weight: limits.ballotWeightMax + 1 }],
      ["a choice that nobody has", { choice: "perhaps" as ShardBallot["choice"] }],
    ])("are refused as a whole for one with %s, alone and for good", async (_, spoiled) => {
      const poison = ballot(5, spoiled);
      const batch = [...run(1, 4), poison, ...run(6, 9)];
      await expect(database.applyBallots(batch)).rejects.toThrow(BallotRejected);
      expect(await stored()).toEqual([]);
      await expect(database.applyBallots([poison])).rejects.toThrow(BallotRejected);
      expect(await applied(run(1, 4))).toEqual([[0, 4]]);
    });

    it("that are not the record's are removed exactly, and their places taken by those that are", async () => {
      const foreign = { pid: "stranger", region: "elsewhere", acceptedAt: times.longAgo };
      await database.applyBallots([...run(1, 3), ...run(4, 6, foreign), ...run(7, 9)]);
      await database.applyBallots(run(1, 4, { shard: 9 }));
      await database.removeBallots(decisionId, [
        ...run(4, 6, foreign),
        ...run(1, 4, { shard: 9 }),
        // Not as it is stored: somebody else's by now.
        ballot(8, { pid: "other" }),
        ballot(20),
      ]);
      expect(await stored()).toEqual([...run(1, 3), ...run(7, 9)]);
      expect(await database.countApplied(decisionId)).toBe(3);
      expect(await applied(run(1, 6))).toEqual([[0, 9]]);
      expect(await stored()).toEqual(run(1, 9));
      await database.removeBallots(decisionId, run(4, 6, foreign));
      expect(await stored()).toEqual(run(1, 9));
    });

    it("of other decisions are not removed", async () => {
      const others = run(1, 3).map((each) => ({ ...each, decisionId: `${decisionId}-more` }));
      await database.applyBallots([...run(1, 3), ...others]);
      await database.removeBallots(decisionId, run(1, 3));
      expect(await stored()).toEqual([]);
      expect(await database.countApplied(`${decisionId}-more`)).toBe(3);
    });

    it("that are none change nothing", async () => {
      expect(await database.applyBallots([])).toEqual([]);
      expect(await stored()).toEqual([]);
    });

    it("of other decisions stand in no list", async () => {
      const others = run(1, 5).map((each) => ({ ...each, decisionId: `${decisionId}-more` }));
      await database.applyBallots([...run(1, 5), ...others]);
      expect(await stored(2)).toEqual(run(1, 5));
      expect(await database.countApplied(decisionId)).toBe(5);
    });

    it("written by many at once are all there, and confirmed to the last", async () => {
      const batches = Array.from({ length: 8 }, (_, index) => run(index * 50 + 1, index * 50 + 50));
      await Promise.all(batches.map((batch) => database.applyBallots(batch)));
      expect(await applied([ballot(1)])).toEqual([[0, 400]]);
      expect(await stored()).toEqual(run(1, 400));
    });
  });
}

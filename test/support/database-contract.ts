import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyRegionTally } from "../../src/ballot/tally.ts";
import {
  BallotRejected,
  type Database,
  type DecisionRow,
  type PlacedBallot,
  type RegionalResultRow,
} from "../../src/database/database.ts";
import type { DeadLetter } from "../../src/vote-log/vote-log.ts";
import { limits } from "../../src/limits.ts";

/** The longest region there may be, in characters that SQL and UTF-8 make long. */
const longRegion = "Ä'".repeat(limits.regionCodeCharactersMax / 2);
const times = { thisQuarter: 1_795_000_000_000, longAgo: 1_700_000_000_000 };

/** What every database promises (`Database`), whatever keeps it. */
export function holdsTheDatabaseContract(name: string, connect: () => Promise<Database>): void {
  describe(`the database on ${name}`, () => {
    let database: Database;
    let decisionId = "";
    beforeAll(async () => {
      database = await connect();
    });
    beforeEach(() => {
      decisionId = `contract-${crypto.randomUUID().slice(0, 8)}`;
    });

    const ballot = (seq: number, more: Partial<PlacedBallot> = {}): PlacedBallot => ({
      decisionId,
      shard: 0,
      seq,
      pid: String(seq).padStart(22, "p"),
      choice: (["yes", "no", "abstain", "withdrawn"] as const)[seq % 4] ?? "yes",
      region: ["north", "", longRegion][seq % 3] ?? "",
      weight: seq % 5 === 0 ? limits.ballotWeightMax : 1,
      acceptedAt: seq % 7 === 0 ? times.longAgo : times.thisQuarter + seq,
      ...more,
    });
    const run = (from: number, to: number, more: Partial<PlacedBallot> = {}): PlacedBallot[] =>
      Array.from({ length: to - from + 1 }, (_, index) => ballot(from + index, more));

    /** All ballots of the decision, a page at a time. */
    async function stored(perPage = 400): Promise<PlacedBallot[]> {
      const found: PlacedBallot[] = [];
      let after: { shard: number; seq: number } | null = null;
      do {
        const page = await database.listBallots({ decisionId, after, perPage });
        expect(page.items.length).toBeLessThanOrEqual(perPage);
        found.push(...page.items);
        after = page.next;
      } while (after !== null);
      return found;
    }
    const applied = async (ballots: readonly PlacedBallot[]) =>
      (await database.applyBallots(ballots)).map(({ shard, appliedSeq }) => [shard, appliedSeq]);

    describe("ballots", () => {
      it("are stored as they are, by shard and seq, and confirmed up to the last", async () => {
        const ballots = [...run(1, 900), ...run(1, 100, { shard: 3 })];
        expect((await applied(ballots)).toSorted(([one = 0], [other = 0]) => one - other)).toEqual([
          [0, 900],
          [3, 100],
        ]);
        expect(await stored()).toEqual(ballots);
        expect(await database.countApplied(decisionId)).toBe(1_000);
        expect(await database.shardProgress(decisionId)).toEqual([
          { decisionId, shard: 0, ballots: 900, appliedSeq: 900 },
          { decisionId, shard: 3, ballots: 100, appliedSeq: 100 },
        ]);
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

      it.each([
        ["a pid that is too long", { pid: "x".repeat(65) }],
        ["no pid", { pid: "" }],
        ["a weight of nothing", { weight: 0 }],
        ["a weight beyond all bounds", { weight: limits.ballotWeightMax + 1 }],
        ["a choice that nobody has", { choice: "perhaps" as PlacedBallot["choice"] }],
      ])("are refused as a whole for one with %s, alone and for good", async (_, spoiled) => {
        const poison = ballot(5, spoiled);
        const batch = [...run(1, 4), poison, ...run(6, 9)];
        await expect(database.applyBallots(batch)).rejects.toThrow(BallotRejected);
        expect(await stored()).toEqual([]);
        await expect(database.applyBallots([poison])).rejects.toThrow(BallotRejected);
        expect(await applied(run(1, 4))).toEqual([[0, 4]]);
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
        const batches = Array.from({ length: 8 }, (_, index) =>
          run(index * 50 + 1, index * 50 + 50),
        );
        await Promise.all(batches.map((batch) => database.applyBallots(batch)));
        expect(await applied([ballot(1)])).toEqual([[0, 400]]);
        expect(await stored()).toEqual(run(1, 400));
      });
    });

    describe("a decision's row", () => {
      const row = (more: Partial<DecisionRow> = {}): DecisionRow => ({
        id: decisionId,
        title: "First",
        status: "draft",
        createdAt: 7,
        document: '{"title":"First"}',
        revision: 1,
        ...more,
      });

      it("is never overwritten by an older revision, and comes back unharmed when it is projected twice", async () => {
        await database.project(row({ status: "open", document: "third", revision: 3 }), []);
        await database.project(row({ status: "closed", document: "second", revision: 2 }), []);
        await database.project(row({ status: "closed", document: "again", revision: 3 }), []);
        const query = { after: { createdAt: 8, id: "" }, perPage: 100 };
        const opened = await database.listDecisions({ ...query, status: "open" });
        expect(opened.items).toContain("third");
        const closed = await database.listDecisions({ ...query, status: "closed" });
        expect(closed.items).not.toContain("again");
      });

      it("is listed newest first, by pages, of all or of a status", async () => {
        const base = 9_000_000_000_000 + Math.floor(Math.random() * 1_000_000_000) * 10;
        for (const index of [0, 1, 2, 3, 4]) {
          const status = index % 2 === 0 ? "open" : "closed";
          const createdAt = base + Math.floor(index / 2);
          const id = `${decisionId}-${index}`;
          await database.project(row({ id, status, createdAt, document: id }), []);
        }
        const listed = async (status: DecisionRow["status"] | null) => {
          const found: string[] = [];
          let after: { createdAt: number; id: string } | null = { createdAt: base + 3, id: "" };
          while (after !== null) {
            const page = await database.listDecisions({ status, after, perPage: 2 });
            found.push(...page.items.filter((item) => item.startsWith(decisionId)));
            after = page.items.every((item) => item.startsWith(decisionId)) ? page.next : null;
          }
          return found.map((item) => item.slice(decisionId.length));
        };
        expect(await listed(null)).toEqual(["-4", "-3", "-2", "-1", "-0"]);
        expect(await listed("open")).toEqual(["-4", "-2", "-0"]);
      });

      it("brings regional results that follow the newest version, with weights beyond 2^53 exact", async () => {
        const tally = emptyRegionTally();
        tally.yes = { ballots: 2_000_000, weight: 2_000_000_000_000_000_001n };
        const region = `${longRegion.slice(0, 40)}${decisionId}`;
        const result: RegionalResultRow = {
          decisionId,
          region,
          version: 9,
          asOf: 1,
          isFinal: true,
          tally,
        };
        await database.project(row({ title: "Wide", status: "closed" }), [result]);
        await database.project(row(), [{ ...result, version: 8, tally: emptyRegionTally() }]);
        const page = await database.listRegionalResults({ region, after: null, perPage: 5 });
        expect(page).toEqual({
          items: [{ ...result, title: "Wide", status: "closed" }],
          next: null,
        });
        const named = await database.readRegionalResults(decisionId, ["nowhere", region]);
        expect(named).toEqual([result]);
      });

      it("is listed by region in pages", async () => {
        const region = `region of ${decisionId}`;
        const ids = [1, 2, 3].map((index) => `${decisionId}-${index}`);
        for (const id of ids) {
          const tally = emptyRegionTally();
          const result = { decisionId: id, region, version: 1, asOf: 1, isFinal: false, tally };
          await database.project(row({ id }), [result]);
        }
        const first = await database.listRegionalResults({ region, after: null, perPage: 2 });
        expect(first.items.map((item) => item.decisionId)).toEqual(ids.slice(0, 2));
        const rest = await database.listRegionalResults({ region, after: first.next, perPage: 2 });
        expect([rest.items.map((item) => item.decisionId), rest.next]).toEqual([[ids[2]], null]);
      });
    });

    describe("dead letters", () => {
      const letter = (seq: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
        place: `${decisionId}:0:${seq}`,
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

      it("are one letter a ballot, with the newest cause and all retries", async () => {
        await database.keepDeadLetters([letter(4)]);
        await database.keepDeadLetters([letter(4, { cause: "second", at: 2 })]);
        await database.keepDeadLetters([letter(4, { cause: "older", at: 1 })]);
        expect(await database.countDeadLetters(decisionId)).toBe(1);
        expect(await database.findDeadLetter(`${decisionId}:0:4`)).toEqual({
          ...letter(4, { cause: "second", retries: 6, at: 2 }),
          isOpen: true,
        });
      });

      it("are open until their ballot has landed, before a gap or beyond it", async () => {
        await database.keepDeadLetters([2, 4, 9].map((seq) => letter(seq)));
        expect(await database.countDeadLetters(decisionId)).toBe(3);
        await database.applyBallots([ballot(1), ballot(3), ballot(4), ballot(5)]);
        const openOnes = async () =>
          (await database.listDeadLetters(query())).items.map(({ seq }) => seq);
        expect(await openOnes()).toEqual([2, 9]);
        await database.applyBallots([ballot(2)]);
        expect(await openOnes()).toEqual([9]);
        expect(await database.countDeadLetters(decisionId)).toBe(1);
        const all = await database.listDeadLetters({ ...query(), withClosed: true });
        expect(all.items.map(({ seq, isOpen }) => [seq, isOpen])).toEqual([
          [2, false],
          [4, false],
          [9, true],
        ]);
      });

      it("are listed by place, in pages, and dropped for good", async () => {
        await database.keepDeadLetters([1, 2, 3].map((seq) => letter(seq)));
        const first = await database.listDeadLetters({ ...query(), perPage: 2 });
        expect(first.items.map(({ seq }) => seq)).toEqual([1, 2]);
        const rest = await database.listDeadLetters({ ...query(), after: first.next, perPage: 2 });
        expect([rest.items.map(({ seq }) => seq), rest.next]).toEqual([[3], null]);
        await database.dropDeadLetter(`${decisionId}:0:2`);
        expect(await database.findDeadLetter(`${decisionId}:0:2`)).toBeNull();
      });

      it("of what could not be read have no place in the record, and stay open", async () => {
        const nowhere = { place: decisionId, decisionId: null, shard: null, seq: null };
        await database.keepDeadLetters([letter(1, { ...nowhere, body: "\u{1F5F3} or not" })]);
        expect(await database.findDeadLetter(decisionId)).toMatchObject({
          ...nowhere,
          body: "\u{1F5F3} or not",
          isOpen: true,
        });
      });
    });

    it("says that all is well", async () => {
      expect((await database.health()).problems).toEqual([]);
    });
  });
}

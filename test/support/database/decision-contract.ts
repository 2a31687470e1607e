import { beforeEach, describe, expect, it } from "vitest";
import { emptyRegionTally } from "../../../src/ballot/tally.ts";
import type { Database, DecisionRow, RegionalResultRow } from "../../../src/database/database.ts";
import { freshDecisionId, longRegion } from "./samples.ts";

/** What every database promises of decisions and their regional results (`DecisionProjection`, and what is read of it). */
export function holdsForDecisions(connect: () => Promise<Database>): void {
  describe("a decision's row", () => {
    let database: Database;
    let decisionId = "";
    beforeEach(async () => {
      database = await connect();
      decisionId = freshDecisionId();
    });

    const row = (more: Partial<DecisionRow> = {}): DecisionRow => ({
      id: decisionId,
      title: "First",
      status: "draft",
      createdAt: 7,
      audience: "everybody",
      owner: null,
      document: '{"title":"First"}',
      revision: 1,
      ...more,
    });

    it("is never overwritten by an older revision, and comes back unharmed when it is projected twice", async () => {
      await database.project(row({ status: "open", document: "third", revision: 3 }), []);
      await database.project(row({ status: "closed", document: "second", revision: 2 }), []);
      await database.project(row({ status: "closed", document: "again", revision: 3 }), []);
      const query = { after: { createdAt: 8, id: "" }, perPage: 100, audiences: null };
      const opened = await database.listDecisions({ ...query, status: "open" });
      expect(opened.items).toContainEqual({ decision: "third", result: null, owner: null });
      const closed = await database.listDecisions({ ...query, status: "closed" });
      expect(closed.items.map(({ decision }) => decision)).not.toContain("again");
    });

    it("is listed with the newest of what lists show of its results, whichever comes last", async () => {
      const listed = async () => {
        const query = { after: { createdAt: 8, id: "" }, perPage: 100, audiences: null };
        const { items } = await database.listDecisions({ ...query, status: null });
        return items.find(({ decision }) => decision === decisionId)?.result;
      };
      const write = (version: number, document: string) =>
        database.project(row({ document: decisionId }), [], { version, document });
      await database.project(row({ document: decisionId }), []);
      expect(await listed()).toBeNull();
      await write(4, "fourth");
      await write(3, "third");
      await write(4, "another fourth");
      expect(await listed()).toBe("fourth");
      // One that brings nothing of the results leaves them.
      await database.project(row({ document: decisionId, revision: 2 }), []);
      expect(await listed()).toBe("fourth");
      await write(5, "fifth");
      expect(await listed()).toBe("fifth");
    });

    it("is listed newest first, by pages, of all or of a status, and of some audiences", async () => {
      const base = 9_000_000_000_000 + Math.floor(Math.random() * 1_000_000_000) * 10;
      for (const index of [0, 1, 2, 3, 4]) {
        const status = index % 2 === 0 ? "open" : "closed";
        const createdAt = base + Math.floor(index / 2);
        const id = `${decisionId}-${index}`;
        const audience = ["everybody", "owner ana", "owner ben"][index % 3] ?? "";
        await database.project(row({ id, status, createdAt, audience, document: id }), []);
      }
      const listed = async (
        status: DecisionRow["status"] | null,
        audiences: string[] | null = null,
      ) => {
        const found: string[] = [];
        let after: { createdAt: number; id: string } | null = { createdAt: base + 3, id: "" };
        while (after !== null) {
          const page = await database.listDecisions({ status, after, perPage: 2, audiences });
          const items = page.items.map(({ decision }) => decision);
          found.push(...items.filter((item) => item.startsWith(decisionId)));
          after = items.every((item) => item.startsWith(decisionId)) ? page.next : null;
        }
        return found.map((item) => item.slice(decisionId.length));
      };
      expect(await listed(null)).toEqual(["-4", "-3", "-2", "-1", "-0"]);
      expect(await listed("open")).toEqual(["-4", "-2", "-0"]);
      expect(await listed(null, ["everybody"])).toEqual(["-3", "-0"]);
      expect(await listed(null, ["everybody", "owner ana"])).toEqual(["-4", "-3", "-1", "-0"]);
      expect(await listed("open", ["owner ben", "owner ana"])).toEqual(["-4", "-2"]);
    });

    it("is listed with its owner, and where one is named among that owner's alone", async () => {
      const [ana, ben] = [`ana-${decisionId}`, `ben-${decisionId}`];
      for (const [index, owner] of [ana, ben, ana, null].entries()) {
        const id = `${decisionId}-${index}`;
        const status = index === 0 ? "draft" : "open";
        await database.project(row({ id, owner, status, createdAt: index, document: id }), []);
      }
      const listed = async (owner: string, status: DecisionRow["status"] | null = null) => {
        const query = { status, owner, audiences: null, after: null, perPage: 9 };
        const { items } = await database.listDecisions(query);
        return items.map((item) => [item.decision.slice(decisionId.length), item.owner]);
      };
      expect(await listed(ana)).toEqual([
        ["-2", ana],
        ["-0", ana],
      ]);
      expect(await listed(ana, "draft")).toEqual([["-0", ana]]);
      expect(await listed(ben)).toEqual([["-1", ben]]);
      expect(await listed(`nobody-${decisionId}`)).toEqual([]);
    });

    it("is read by its id with others, of some audiences alone where they are named", async () => {
      const ids = Array.from({ length: 120 }, (_, index) => `${decisionId}-${index}`);
      for (const [index, id] of ids.slice(0, 3).entries()) {
        const audience = ["everybody", "owner ana"][index % 2] ?? "";
        const listed = index === 0 ? { version: 1, document: "result" } : null;
        await database.project(row({ id, audience, document: id, owner: "ana" }), [], listed);
      }
      const read = async (audiences: string[] | null) => {
        const found = await database.readListed({ ids, audiences });
        return found.toSorted((one, other) => (one.decision < other.decision ? -1 : 1));
      };
      const [first, second, third] = [
        { decision: ids[0], result: "result", owner: "ana" },
        { decision: ids[1], result: null, owner: "ana" },
        { decision: ids[2], result: null, owner: "ana" },
      ];
      expect(await read(null)).toEqual([first, second, third]);
      expect(await read(["everybody"])).toEqual([first, third]);
      expect(await read(["owner ben", "owner ana"])).toEqual([second]);
      expect(await database.readListed({ ids: [], audiences: null })).toEqual([]);
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
      const document = '{"rehearsal":true}';
      await database.project(row({ title: "Wide", status: "closed", document }), [result]);
      await database.project(row(), [{ ...result, version: 8, tally: emptyRegionTally() }]);
      const page = await database.listRegionalResults({ region, after: null, perPage: 5 });
      expect(page).toEqual({
        items: [{ ...result, title: "Wide", status: "closed", isRehearsal: true }],
        next: null,
      });
      const { results } = await database.readProjected(decisionId, ["nowhere", region]);
      expect(results).toEqual([result]);
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
}

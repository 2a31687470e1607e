import { beforeEach, describe, expect, it } from "vitest";
import type { SearchIndex } from "../../../src/search/search.ts";
import { november, sampleBallot, sampleDocument } from "./samples.ts";
import type { EmptyIndex } from "./search-contract.ts";

/** Statistics of decisions and ballots, and how far the index is. */
export function holdsForStatistics(connect: () => Promise<EmptyIndex>): void {
  describe("statistics of the index", () => {
    let index: SearchIndex;
    let settle: () => Promise<void>;
    beforeEach(async () => {
      ({ index, settle } = await connect());
    });

    it("count decisions by status, outcome and month, and turnout where it is known", async () => {
      await index.indexDecisions([
        sampleDocument({ id: "a" }),
        sampleDocument({
          id: "b",
          status: "closed",
          outcome: "carried",
          closedAt: november,
          electorate: 10,
          voted: 4,
        }),
        sampleDocument({
          id: "c",
          status: "closed",
          outcome: "carried",
          closedAt: november - 1,
          electorate: 30,
          voted: 6,
        }),
        sampleDocument({
          id: "d",
          status: "closed",
          outcome: "not_carried",
          closedAt: november,
          voted: 9,
        }),
      ]);
      await settle();
      expect((await index.statistics(null)).decisions).toEqual({
        total: 4,
        byStatus: [
          { value: "closed", count: 3 },
          { value: "open", count: 1 },
        ],
        byOutcome: [
          { value: "carried", count: 2 },
          { value: "not_carried", count: 1 },
        ],
        byMonth: [
          { value: "2026-10", count: 1 },
          { value: "2026-11", count: 2 },
        ],
        turnout: { decisions: 2, electorate: 40, voted: 10 },
      });
      const { decisions } = await index.statistics("b");
      expect(decisions.total).toBe(1);
      expect(decisions.turnout).toEqual({ decisions: 1, electorate: 10, voted: 4 });
    });

    it("count ballots by region and month, of one decision and of all, however often pages come", async () => {
      const first = {
        decisionId: "a",
        page: 1,
        ballots: [
          sampleBallot({ region: "north" }),
          sampleBallot({ region: "north", choice: "no" }),
          sampleBallot({ region: "south", at: november - 1 }),
        ],
      };
      const second = { ...first, page: 2, ballots: [sampleBallot({ region: "north" })] };
      const hidden = { decisionId: "b", page: 1, ballots: [sampleBallot({ choice: "abstain" })] };
      await index.indexBallots([first, second]);
      await index.indexBallots([second, hidden, first]);
      await settle();
      const all = await index.statistics(null);
      expect(all.ballots).toEqual({
        total: { yes: 3, no: 1, abstain: 1 },
        byRegion: [
          { region: "north", counts: { yes: 2, no: 1, abstain: 0 } },
          expect.objectContaining({ region: null }),
          { region: "south", counts: { yes: 1, no: 0, abstain: 0 } },
        ],
        otherRegions: { yes: 0, no: 0, abstain: 0 },
        byMonth: [
          { month: "2026-10", counts: { yes: 1, no: 0, abstain: 0 } },
          { month: "2026-11", counts: { yes: 2, no: 1, abstain: 1 } },
        ],
      });
      const { ballots } = await index.statistics("b");
      expect(ballots.total).toEqual({ yes: 0, no: 0, abstain: 1 });
      expect(ballots.byRegion).toEqual([{ region: null, counts: { yes: 0, no: 0, abstain: 1 } }]);
      expect((await index.statistics("nobody")).ballots.byRegion).toEqual([]);
    });

    it("say how far the index is, which never goes back", async () => {
      const before = (await index.indexedTo()) ?? 0;
      await index.noteIndexedTo(before + 7_000);
      await index.noteIndexedTo(before + 5_000);
      await settle();
      expect(await index.indexedTo()).toBe(before + 7_000);
      const health = await index.health();
      expect(health.problems).toEqual([]);
      expect(health.indexedTo).toBe(before + 7_000);
    });
  });
}

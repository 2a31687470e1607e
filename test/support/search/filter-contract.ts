import { beforeEach, describe, expect, it } from "vitest";
import type { DecisionDocument } from "../../../src/search/decision-document.ts";
import { CursorRefused, type SearchIndex } from "../../../src/search/search.ts";
import { asking, idsFound, walkHits } from "./find.ts";
import { november, sampleDocument } from "./samples.ts";
import type { EmptyIndex } from "./search-contract.ts";

const day = 86_400_000;

/** Filters, facets and pages. */
export function holdsForFilters(connect: () => Promise<EmptyIndex>): void {
  describe("decisions of the index", () => {
    let index: SearchIndex;
    let settle: () => Promise<void>;
    beforeEach(async () => {
      ({ index, settle } = await connect());
    });
    const keep = async (...documents: DecisionDocument[]) => {
      await index.indexDecisions(documents);
      await settle();
    };
    const three = () =>
      keep(
        sampleDocument({ id: "a", status: "open", owner: "key-1", regions: ["north", "south"] }),
        sampleDocument({
          id: "b",
          status: "closed",
          outcome: "carried",
          regions: ["south"],
          opensAt: november + day,
        }),
        sampleDocument({
          id: "c",
          status: "certified",
          outcome: "not_carried",
          owner: "key-1",
          opensAt: november - day,
        }),
      );

    it("are narrowed by each filter, and by all together", async () => {
      await three();
      expect(await idsFound(index, null, { statuses: ["open", "closed"] })).toEqual(["a", "b"]);
      expect(await idsFound(index, null, { outcomes: ["not_carried"] })).toEqual(["c"]);
      expect(await idsFound(index, null, { region: "south" })).toEqual(["a", "b"]);
      expect(await idsFound(index, null, { region: "sou" })).toEqual([]);
      expect(await idsFound(index, null, { owner: "key-1" })).toEqual(["a", "c"]);
      expect(await idsFound(index, null, { from: november })).toEqual(["a", "b"]);
      expect(await idsFound(index, null, { to: november })).toEqual(["c"]);
      expect(await idsFound(index, null, { from: november, to: november + day })).toEqual(["a"]);
      const all = { statuses: ["open"], region: "south", owner: "key-1" } as const;
      expect(await idsFound(index, "decision", all)).toEqual(["a"]);
      expect(await idsFound(index, "decision", { ...all, outcomes: ["carried"] })).toEqual([]);
    });

    it("are counted exactly by facet, of all that words and the filters of the others leave", async () => {
      await three();
      const all = await index.searchDecisions(asking({ perPage: 1, withFacets: true }));
      expect(all.total).toBe(3);
      expect(all.facets).toEqual({
        status: [
          { value: "certified", count: 1 },
          { value: "closed", count: 1 },
          { value: "open", count: 1 },
        ],
        outcome: [
          { value: "carried", count: 1 },
          { value: "not_carried", count: 1 },
        ],
        region: [
          { value: "south", count: 2 },
          { value: "north", count: 1 },
        ],
        owner: [{ value: "key-1", count: 2 }],
        year: [{ value: "2026", count: 3 }],
      });
      const filters = { region: "south" };
      const some = await index.searchDecisions(
        asking({ words: "decision", filters, withFacets: true }),
      );
      expect(some.total).toBe(2);
      expect(some.facets?.status.map(({ value }) => value)).toEqual(["closed", "open"]);
      expect(some.facets?.region).toEqual(all.facets?.region);
      const chosen = {
        statuses: ["open"],
        owner: "key-1",
        from: november,
        to: november + day,
      } as const;
      const one = await index.searchDecisions(asking({ filters: chosen, withFacets: true }));
      expect(one.hits.map(({ id }) => id)).toEqual(["a"]);
      expect(one.total).toBe(1);
      expect(one.facets).toEqual({
        status: [{ value: "open", count: 1 }],
        outcome: [],
        region: [
          { value: "north", count: 1 },
          { value: "south", count: 1 },
        ],
        owner: [{ value: "key-1", count: 1 }],
        year: [{ value: "2026", count: 1 }],
      });
      const closed = { statuses: ["closed"], from: november + day } as const;
      const another = await index.searchDecisions(
        asking({ words: "decision", filters: closed, withFacets: true }),
      );
      expect(another.total).toBe(1);
      expect(another.facets?.status).toEqual([{ value: "closed", count: 1 }]);
      const owned = await index.searchDecisions(
        asking({ filters: { statuses: ["certified", "open"], owner: "key-1" }, withFacets: true }),
      );
      expect(owned.facets?.status).toEqual([
        { value: "certified", count: 1 },
        { value: "open", count: 1 },
      ]);
      const inYear = { from: Date.UTC(2025, 0, 1), to: Date.UTC(2026, 0, 1) };
      const years = await index.searchDecisions(asking({ filters: inYear, withFacets: true }));
      expect(years.total).toBe(0);
      expect(years.facets?.status).toEqual([]);
      expect(years.facets?.year).toEqual([{ value: "2026", count: 3 }]);
      const none = await index.searchDecisions(asking({ words: "zeppelin", withFacets: true }));
      expect(none.facets).toEqual({ status: [], outcome: [], region: [], owner: [], year: [] });
      expect((await index.searchDecisions(asking())).facets).toBeNull();
    });

    it("forget what a newer version does not say any more", async () => {
      await keep(
        sampleDocument({ id: "a", version: 2, regions: ["north", "south"], owner: "key-1" }),
      );
      await keep(
        sampleDocument({ id: "a", version: 4, regions: ["south"], opensAt: Date.UTC(2025, 0, 1) }),
      );
      expect(await idsFound(index, null, { region: "north" })).toEqual([]);
      const { facets } = await index.searchDecisions(asking({ withFacets: true }));
      expect(facets?.owner).toEqual([]);
      expect(facets?.region).toEqual([{ value: "south", count: 1 }]);
      expect(facets?.year).toEqual([{ value: "2025", count: 1 }]);
    });

    it("come in pages, the newest opening first, each once, however many open at the same moment", async () => {
      const ids = Array.from({ length: 23 }, (_, place) => `d${String(place).padStart(2, "0")}`);
      await keep(
        ...ids.map((id, place) =>
          sampleDocument({ id, opensAt: november + Math.floor(place / 5) * day }),
        ),
      );
      for (const words of [null, "decision"]) {
        const pages = await walkHits(index, asking({ words, perPage: 4 }));
        expect(pages.map(({ hits }) => hits.length)).toEqual([4, 4, 4, 4, 4, 3]);
        expect(pages.every(({ total }) => total === 23)).toBe(true);
        const walked = pages.flatMap(({ hits }) => hits.map(({ id }) => id));
        expect(walked.toSorted()).toEqual(ids);
        if (words !== null) continue;
        const times = walked.map((id) => Math.floor(ids.indexOf(id) / 5));
        expect(times).toEqual(times.toSorted((a, b) => b - a));
      }
    });

    it("refuse a cursor that no page has given", async () => {
      await three();
      const strangers = [[], ["x"], [1, 2, 3, 4, 5], [0, "a", 7], [0.5, 1, "a"], ["", "", ""]];
      for (const after of strangers)
        await expect(index.searchDecisions(asking({ after }))).rejects.toThrow(CursorRefused);
    });
  });
}

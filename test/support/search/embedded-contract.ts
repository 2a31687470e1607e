import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { wordsOf } from "../../../src/search/embedded/words.ts";
import { IndexRejected, type SearchIndex } from "../../../src/search/search.ts";
import { asking, idsFound, walkHits } from "./find.ts";
import { november, sampleDocument, titled } from "./samples.ts";
import type { EmptyIndex } from "./search-contract.ts";

/** What the embedded index promises in both databases, beside the contract of every index. */
export function holdsForTheEmbedded(connect: () => Promise<EmptyIndex>): void {
  describe("the embedded index", () => {
    let index: SearchIndex;
    beforeEach(async () => {
      ({ index } = await connect());
    });
    it("finds a decision by the words of its title, whatever signs it has, and marks them", async () => {
      const titles = fc.sample(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), {
        numRuns: 60,
        seed: 7,
      });
      await index.indexDecisions(titles.map((title, place) => titled(`d${place}`, title)));
      for (const [place, title] of titles.entries()) {
        if (wordsOf(title).length === 0) continue;
        const { hits } = await index.searchDecisions(asking({ words: title }));
        const hit = hits.find(({ id }) => id === `d${place}`);
        expect(hit, title).toBeDefined();
        const parts = hit?.highlights.flatMap((highlight) => highlight.parts) ?? [];
        expect(parts.map(({ text }) => text).join(""), title).toBe(title);
        expect(parts.some(({ isMatch }) => isMatch)).toBe(true);
      }
    });

    it("answers titles before descriptions, words as they are before those like them, then the newest", async () => {
      const at = (place: number) => ({ opensAt: november + place * 1_000 });
      await index.indexDecisions([
        { ...titled("alike described", "One", "A harbor of the town"), ...at(9) },
        { ...titled("described", "Two", "The harbour of a town"), ...at(8) },
        { ...titled("alike", "Harbor of the town"), ...at(7) },
        { ...titled("older", "Harbour of the town"), ...at(5) },
        { ...titled("newer", "The harbour of the town"), ...at(6) },
        { ...titled("elsewhere", "The harbour of the village"), ...at(9) },
      ]);
      const pages = await walkHits(index, asking({ words: "harbour town", perPage: 2 }));
      expect(pages.map(({ hits }) => hits.map(({ id }) => id))).toEqual([
        ["newer", "older"],
        ["alike", "described"],
        ["alike described"],
      ]);
    });

    it("refuses by itself what the database never takes, and has the others", async () => {
      const documents = [titled("good", "Good"), { ...titled("bad", "Bad"), version: Number.NaN }];
      const refused = index.indexDecisions([...documents, titled("better", "Better")]);
      await expect(refused).rejects.toThrow(IndexRejected);
      await expect(refused).rejects.toMatchObject({ rejected: [{ key: "bad" }] });
      expect(await idsFound(index, null)).toEqual(["better", "good"]);
    });

    it("takes the same from several writers at once, all of it opened in one second", async () => {
      const documents = Array.from({ length: 40 }, (_, place) =>
        sampleDocument({ id: `d${place}`, version: 2 + (place % 2), regions: [`r${place % 3}`] }),
      );
      const parts = [
        documents,
        documents.toReversed(),
        documents.slice(10),
        documents.slice(0, 30),
      ];
      await Promise.all(parts.map((part) => index.indexDecisions(part)));
      const { total, facets } = await index.searchDecisions(asking({ withFacets: true }));
      expect(total).toBe(40);
      expect(facets?.region.map(({ count }) => count)).toEqual([14, 13, 13]);
      const pages = await walkHits(index, asking({ words: "decision", perPage: 7 }));
      const walked = pages.flatMap(({ hits }) => hits.map(({ id }) => id));
      expect(new Set(walked).size).toBe(40);
    });

    it("moves a decision whose opening moved", async () => {
      await index.indexDecisions([
        sampleDocument({ id: "a" }),
        sampleDocument({ id: "b", opensAt: november + 5_000 }),
      ]);
      await index.indexDecisions([
        sampleDocument({ id: "a", version: 3, opensAt: november + 9_000 }),
      ]);
      const { hits } = await index.searchDecisions(asking());
      expect(hits.map(({ id }) => id)).toEqual(["a", "b"]);
    });

    it("has a place for the longest decision", async () => {
      const longest = {
        ...titled("longest", "水".repeat(500), "水海".repeat(2_500)),
        texts: Array.from({ length: 12 }, (_, place) => ({
          language: `l${place}`,
          title: "水".repeat(500),
          description: "河流海洋".repeat(620),
        })) as never,
        regions: Array.from({ length: 1_000 }, (_, place) => `é${place}`.padEnd(64, "é")),
      };
      await index.indexDecisions([longest, titled("other", "Other")]);
      expect(await idsFound(index, "海洋")).toEqual(["longest"]);
      const { facets } = await index.searchDecisions(asking({ withFacets: true }));
      expect(facets?.region).toHaveLength(250);
    });
  });
}

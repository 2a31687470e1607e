import { beforeEach, describe, expect, it } from "vitest";
import type { DecisionDocument } from "../../../src/search/decision-document.ts";
import type { SearchIndex } from "../../../src/search/search.ts";
import { asking, idsFound } from "./find.ts";
import { sampleDocument, titled } from "./samples.ts";
import type { EmptyIndex } from "./search-contract.ts";

/** What words find. */
export function holdsForWords(connect: () => Promise<EmptyIndex>): void {
  describe("what words find", () => {
    let index: SearchIndex;
    let settle: () => Promise<void>;
    beforeEach(async () => {
      ({ index, settle } = await connect());
    });
    const keep = async (...documents: DecisionDocument[]) => {
      await index.indexDecisions(documents);
      await settle();
    };

    it("is what has all of them, in title or description, and nothing where there is none", async () => {
      await keep(
        titled("both", "The harbour of Bergen", "Whether the city buys a crane."),
        titled("one", "The harbour of Oslo"),
        titled("none", "A library"),
      );
      expect(await idsFound(index, "harbour")).toEqual(["both", "one"]);
      expect(await idsFound(index, "crane harbour")).toEqual(["both"]);
      expect(await idsFound(index, "harbour zeppelin")).toEqual([]);
      expect(await idsFound(index, "¿?!")).toEqual([]);
      expect(await idsFound(index, null)).toEqual(["both", "none", "one"]);
    });

    it("is found in each language that a decision has", async () => {
      await keep(
        sampleDocument({
          id: "translated",
          texts: [
            { language: "en", title: "Protection of rivers", description: "" },
            { language: "fr", title: "Protection des fleuves", description: "Les rives aussi." },
            { language: "ru", title: "Охрана водоёмов", description: "" },
            { language: "ar", title: "حماية الأنهار", description: "" },
            { language: "zh", title: "河流保护委员会", description: "" },
            { language: null, title: "Fljótavernd", description: "" },
          ],
        }),
        titled("other", "A library"),
      );
      const queries = [
        "rivers",
        "fleuves",
        "rives",
        "водоёмов",
        "حماية",
        "河流",
        "保护",
        "fljótavernd",
      ];
      for (const words of queries)
        expect(await idsFound(index, words), words).toEqual(["translated"]);
      expect(await idsFound(index, "图书")).toEqual([]);
    });

    it("is all that is asked for where words have no blanks between, the last letters too", async () => {
      const common = "关于在委员会框架内保护河流湖泊及其沿岸森林并设立基金";
      await keep(titled("lakes", `${common}的决定`), titled("seas", `${common}的提案`));
      expect(await idsFound(index, `${common}的决定`)).toEqual(["lakes"]);
      expect(await idsFound(index, `${common}的提案`)).toEqual(["seas"]);
      const letters = Array.from({ length: 200 }, (_, place) =>
        String.fromCodePoint(0x4e00 + place),
      );
      const longest = letters.join("");
      await keep(titled("longest", longest));
      expect(await idsFound(index, longest)).toEqual(["longest"]);
      expect(await idsFound(index, `${longest.slice(0, -1)}水`)).toEqual([]);
    });

    it("does not depend on case, accents or width", async () => {
      await keep(titled("lodz", "Réunion de Łódź"));
      for (const words of ["reunion", "RÉUNION", "re\u0301union", "ｒｅｕｎｉｏｎ", "lodz"])
        expect(await idsFound(index, words), words).toEqual(["lodz"]);
    });

    it("forgives a wrong, missing or additional letter in longer words, and two in long ones", async () => {
      await keep(titled("fishery", "Commission of fishery quotas"), titled("art", "A cart"));
      for (const words of ["fisheri quotas", "quotass fishery", "fshery quotas", "comision quotas"])
        expect(await idsFound(index, words), words).toEqual(["fishery"]);
      expect(await idsFound(index, "ca of")).toEqual([]);
      expect(await idsFound(index, "xyshery quotas")).toEqual([]);
    });

    it("takes the last word for the beginning of one, and no other", async () => {
      await keep(titled("environment", "Environment and budget"));
      expect(await idsFound(index, "env")).toEqual(["environment"]);
      expect(await idsFound(index, "budget envir")).toEqual(["environment"]);
      expect(await idsFound(index, "envir budget")).toEqual([]);
    });

    it("takes nothing of a query for an operator", async () => {
      await keep(titled("plain", "Bread or water"), titled("other", "Title near wine"));
      expect(await idsFound(index, "bread OR wine")).toEqual([]);
      for (const words of ['"water" or bread', "bread -water", "(bread", "bread^2 AND", "+water*"])
        expect(await idsFound(index, words).then((ids) => ids.includes("other")), words).toBe(
          false,
        );
      for (const words of [
        '"',
        "'",
        "*",
        "title:",
        "NEAR(a b)",
        "a\0b",
        "\ud800",
        "\\",
        "/.*/",
        "~2",
      ])
        await index.searchDecisions(asking({ words }));
    });

    it("comes best first: a word in the title says more than one in a description", async () => {
      await keep(
        titled("described", "Library of the town", "There is a ferry beside it, and a road."),
        titled("named", "Ferry of the town", "There is a library beside it, and a road."),
      );
      const { hits } = await index.searchDecisions(asking({ words: "ferry" }));
      expect(hits.map(({ id }) => id)).toEqual(["named", "described"]);
    });

    it("is marked in the texts that have it, of which the parts are a piece", async () => {
      const sentence = "All that concerns the Fishery and nothing else. ";
      const description = `${"Before. ".repeat(200)}${sentence}${"After. ".repeat(200)}`;
      await keep(titled("marked", "Fishery of <b>Oslo</b> & Bergen", description));
      const { hits } = await index.searchDecisions(asking({ words: "fishery" }));
      const [title, longer] = hits[0]?.highlights ?? [];
      expect(title).toEqual({
        field: "title",
        language: "en",
        parts: [
          { text: "Fishery", isMatch: true },
          { text: " of <b>Oslo</b> & Bergen", isMatch: false },
        ],
      });
      expect(longer).toMatchObject({ field: "description", language: "en" });
      const parts = longer?.parts ?? [];
      expect(parts.filter(({ isMatch }) => isMatch)).toEqual([{ text: "Fishery", isMatch: true }]);
      const piece = parts.map(({ text }) => text).join("");
      expect(description).toContain(piece);
      expect(piece.length).toBeLessThan(1_000);
      const all = await index.searchDecisions(asking());
      expect(all.hits).toEqual([{ id: "marked", highlights: [] }]);
    });

    it("is of the newest version, whichever comes last", async () => {
      await keep({ ...titled("moving", "Second"), version: 4 });
      await keep({ ...titled("moving", "First"), version: 2 });
      await keep({ ...titled("moving", "Second"), version: 4 });
      expect(await idsFound(index, "second")).toEqual(["moving"]);
      expect(await idsFound(index, "first")).toEqual([]);
      await keep(
        { ...titled("moving", "Third"), version: 5 },
        { ...titled("moving", "Fourth"), version: 6 },
      );
      expect(await idsFound(index, "fourth")).toEqual(["moving"]);
      expect(await idsFound(index, "second")).toEqual([]);
      const { total } = await index.searchDecisions(asking());
      expect(total).toBe(1);
    });
  });
}

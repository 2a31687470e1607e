import { beforeEach, describe, expect, it } from "vitest";
import type { SearchIndex } from "../../../src/search/search.ts";
import { asking, idsFound } from "./find.ts";
import { sampleBallot, titled } from "./samples.ts";
import type { EmptyIndex } from "./search-contract.ts";

/** Filling the index anew. */
export function holdsForRebuilds(connect: () => Promise<EmptyIndex>): void {
  describe("a rebuild", () => {
    let index: SearchIndex;
    let settle: () => Promise<void>;
    beforeEach(async () => {
      ({ index, settle } = await connect());
    });
    const pageOf = (decisionId: string) => ({ decisionId, page: 1, ballots: [sampleBallot()] });
    const yesOf = async (decisionId: string) =>
      (await index.statistics(decisionId)).ballots.total.yes;

    it("leaves what was indexed since its beginning, and nothing else", async () => {
      await index.indexDecisions([titled("gone", "Ghosts"), titled("kept", "Kept")]);
      await index.indexBallots([pageOf("gone"), pageOf("kept")]);
      expect(await index.rebuild.isUnderWay()).toBe(false);
      await index.rebuild.begin();
      expect(await index.rebuild.isUnderWay()).toBe(true);
      await settle();
      expect(await idsFound(index, null)).toEqual(["gone", "kept"]);
      await index.indexDecisions([titled("kept", "Kept"), titled("new", "New")]);
      await index.indexBallots([pageOf("kept")]);
      await index.rebuild.finish();
      await settle();
      expect(await index.rebuild.isUnderWay()).toBe(false);
      expect(await idsFound(index, null)).toEqual(["kept", "new"]);
      expect(await idsFound(index, "ghosts")).toEqual([]);
      expect(await idsFound(index, "kept")).toEqual(["kept"]);
      expect([await yesOf("gone"), await yesOf("kept")]).toEqual([0, 1]);
      expect((await index.statistics(null)).ballots.total.yes).toBe(1);
    });

    it("replaces what claims to be newer than the record", async () => {
      await index.indexDecisions([{ ...titled("restored", "Future"), version: 90 }]);
      await index.rebuild.begin();
      await index.indexDecisions([{ ...titled("restored", "Present"), version: 4 }]);
      await index.indexDecisions([{ ...titled("restored", "Past"), version: 2 }]);
      await index.rebuild.finish();
      await settle();
      expect(await idsFound(index, "present")).toEqual(["restored"]);
      expect(await idsFound(index, "future")).toEqual([]);
      expect((await index.searchDecisions(asking())).total).toBe(1);
    });

    it("starts over where it begins again, and is no more where none is under way", async () => {
      await index.rebuild.begin();
      await index.indexDecisions([titled("first", "First")]);
      await index.rebuild.begin();
      await index.indexDecisions([titled("second", "Second")]);
      await index.rebuild.finish();
      await index.indexDecisions([titled("third", "Third")]);
      await index.rebuild.finish();
      await settle();
      expect(await idsFound(index, null)).toEqual(["second", "third"]);
    });
  });
}

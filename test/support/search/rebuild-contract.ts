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
      const round = await index.rebuild.begin();
      expect(await index.rebuild.stateOf(round)).toBe("under_way");
      await settle();
      expect(await idsFound(index, null)).toEqual(["gone", "kept"]);
      await index.indexDecisions([titled("kept", "Kept"), titled("new", "New")]);
      await index.indexBallots([pageOf("kept")]);
      await index.rebuild.finish(round);
      await settle();
      expect(await index.rebuild.stateOf(round)).toBe("finished");
      expect(await idsFound(index, null)).toEqual(["kept", "new"]);
      expect(await idsFound(index, "ghosts")).toEqual([]);
      expect(await idsFound(index, "kept")).toEqual(["kept"]);
      expect([await yesOf("gone"), await yesOf("kept")]).toEqual([0, 1]);
      expect((await index.statistics(null)).ballots.total.yes).toBe(1);
    });

    it("replaces what claims to be newer than the record", async () => {
      await index.indexDecisions([{ ...titled("restored", "Future"), version: 90 }]);
      const round = await index.rebuild.begin();
      await index.indexDecisions([{ ...titled("restored", "Present"), version: 4 }]);
      await index.indexDecisions([{ ...titled("restored", "Past"), version: 2 }]);
      await index.rebuild.finish(round);
      await settle();
      expect(await idsFound(index, "present")).toEqual(["restored"]);
      expect(await idsFound(index, "future")).toEqual([]);
      expect((await index.searchDecisions(asking())).total).toBe(1);
    });

    it("starts over where it begins again, and is no more where none is under way", async () => {
      await index.rebuild.begin();
      await index.indexDecisions([titled("first", "First")]);
      const round = await index.rebuild.begin();
      await index.indexDecisions([titled("second", "Second")]);
      await index.rebuild.finish(round);
      await index.indexDecisions([titled("third", "Third")]);
      await index.rebuild.finish(round);
      await settle();
      expect(await idsFound(index, null)).toEqual(["second", "third"]);
    });

    it("of two takes the later, and the earlier changes nothing", async () => {
      await index.indexDecisions([titled("old", "Old")]);
      const earlier = await index.rebuild.begin();
      await index.indexDecisions([titled("one", "One")]);
      const later = await index.rebuild.begin();
      expect(later).not.toBe(earlier);
      const states = () =>
        Promise.all([earlier, later].map((round) => index.rebuild.stateOf(round)));
      expect(await states()).toEqual(["gone", "under_way"]);
      await index.rebuild.finish(earlier);
      await settle();
      expect(await idsFound(index, "old")).toEqual(["old"]);
      expect(await states()).toEqual(["gone", "under_way"]);
      await index.indexDecisions([titled("two", "Two")]);
      await index.rebuild.finish(later);
      await settle();
      expect(await idsFound(index, null)).toEqual(["two"]);
      expect(await states()).toEqual(["gone", "finished"]);
    });

    it("that is long past changes nothing of a later one, nor does one that never was", async () => {
      const past = await index.rebuild.begin();
      await index.indexDecisions([titled("kept", "Kept")]);
      await index.rebuild.finish(past);
      const round = await index.rebuild.begin();
      await index.rebuild.finish(past);
      await index.rebuild.finish(round + 1);
      await settle();
      expect(await idsFound(index, null)).toEqual(["kept"]);
      expect(await index.rebuild.stateOf(past)).toBe("gone");
      expect(await index.rebuild.stateOf(round)).toBe("under_way");
      expect(await index.rebuild.stateOf(round + 1)).toBe("gone");
    });
  });
}

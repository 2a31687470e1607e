import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  searchReindex,
  type ReindexCursor,
  type ReindexRequest,
} from "../../../src/search/reindex.ts";
import { limits } from "../../../src/shared/limits.ts";
import { keptIndex } from "../../support/search/kept-index.ts";
import { keptRecord } from "../../support/search/kept-record.ts";

/** A reindex of this record; what it asks of the index is what `keptIndex` keeps. */
function reindexOf(decisions: Readonly<Record<string, number | null>>) {
  const { kept, index } = keptIndex();
  const { record, asked, broken } = keptRecord(decisions);
  const filling = searchReindex({ index, record, now: () => 77 });
  return { kept, asked, broken, reindex: (request: ReindexRequest) => filling.reindex(request) };
}

/** Goes on until it is done; gives what the portions came to. */
async function toTheEnd(
  { reindex, asked }: ReturnType<typeof reindexOf>,
  decisionId: string | null = null,
) {
  const total = { decisions: 0, ballots: 0, refused: [] as string[], calls: 0, mostAsked: 0 };
  for (let after: ReindexCursor | null = null; ;) {
    const before = asked.length;
    const portion = await reindex({ decisionId, after });
    if (portion === "not_begun") throw new Error("it was not begun");
    total.decisions += portion.decisions;
    total.ballots += portion.ballots;
    total.refused.push(...portion.refused);
    total.calls += 1;
    total.mostAsked = Math.max(total.mostAsked, asked.length - before);
    if (portion.next === null) return total;
    after = portion.next;
  }
}

describe("a reindex", () => {
  it("has every opened decision and every page once, in portions that a call can bear", async () => {
    const max = limits.reindexReadsMax;
    const pages = fc.oneof(
      fc.constant(null),
      fc.constant(0),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(max - 1, max, max + 1, 2 * max, 2 * max + 1),
    );
    const anyRecord = fc.array(pages, { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(anyRecord, async (shape) => {
        const decisions = Object.fromEntries(
          shape.map((each, index) => [`d${String(index).padStart(3, "0")}`, each]),
        );
        const run = reindexOf(decisions);
        const total = await toTheEnd(run);
        const opened = Object.entries(decisions).filter(([, each]) => each !== null);
        const ballots = opened.reduce((sum, [, each]) => sum + (each ?? 0), 0);
        expect([...run.kept.decisions.keys()].toSorted()).toEqual(opened.map(([id]) => id));
        expect(run.kept.pages.size).toBe(ballots);
        expect(total).toMatchObject({ decisions: opened.length, ballots });
        expect(total.mostAsked).toBeLessThanOrEqual(2 * max);
        expect([run.kept.begun, run.kept.finished]).toEqual([1, 1]);
        expect(run.kept.indexedTo).toBe(77);
      }),
      { numRuns: 200 },
    );
  });

  it("of one decision goes into the index that there is", async () => {
    const run = reindexOf({ delta: limits.reindexReadsMax + 5, gamma: 1 });
    expect(await toTheEnd(run, "delta")).toMatchObject({
      decisions: 1,
      ballots: limits.reindexReadsMax + 5,
      calls: 2,
    });
    expect([...run.kept.decisions.keys()]).toEqual(["delta"]);
    expect([run.kept.begun, run.kept.finished, run.kept.indexedTo]).toEqual([0, 0, null]);
  });

  it("may repeat a portion, and ends with the same", async () => {
    const run = reindexOf({ a: 1, b: 2 });
    const first = await run.reindex({ decisionId: null, after: null });
    if (first === "not_begun") throw new Error("it was not begun");
    await run.reindex({ decisionId: null, after: first.next });
    await run.reindex({ decisionId: null, after: first.next });
    expect(run.kept.pages.size).toBe(3);
  });

  it("goes nowhere where none is under way", async () => {
    const run = reindexOf({ a: 1 });
    const after = { round: 1, began: 1, decisionId: "a", pages: 0 };
    expect(await run.reindex({ decisionId: null, after })).toBe("not_begun");
    expect([run.kept.decisions.size, run.kept.finished]).toEqual([0, 0]);
  });

  it("goes on with the later of two, and finishes the earlier in no way", async () => {
    const run = reindexOf({ a: 1, b: 1 });
    const earlier = await run.reindex({ decisionId: null, after: null });
    const later = await run.reindex({ decisionId: null, after: null });
    if (earlier === "not_begun" || later === "not_begun") throw new Error("it was not begun");
    expect(await run.reindex({ decisionId: null, after: earlier.next })).toBe("not_begun");
    expect([run.kept.finished, run.kept.indexedTo]).toEqual([0, null]);
    expect(await run.reindex({ decisionId: null, after: later.next })).toMatchObject({
      next: null,
    });
    expect([run.kept.finished, run.kept.indexedTo]).toEqual([1, 77]);
  });

  it("may repeat its last portion, and is not filled anew by it", async () => {
    const run = reindexOf({ a: 1 });
    const first = await run.reindex({ decisionId: null, after: null });
    if (first === "not_begun") throw new Error("it was not begun");
    const last = () => run.reindex({ decisionId: null, after: first.next });
    const done = { decisions: 0, ballots: 0, refused: [], next: null };
    expect([await last(), await last()]).toEqual([done, done]);
    expect([run.kept.begun, run.kept.finished]).toEqual([1, 1]);
  });

  it("names what the index refuses, and goes on", async () => {
    const run = reindexOf({ a: 1, b: 1, c: 0 });
    run.kept.refused.add("a").add("b:1");
    expect((await toTheEnd(run)).refused).toEqual(["a", "b:1"]);
    expect([...run.kept.decisions.keys(), ...run.kept.pages.keys()]).toEqual(["b", "c", "a:1"]);
  });

  it("names once what can't be read, and goes on", async () => {
    const run = reindexOf({ a: limits.reindexReadsMax, b: 1, c: 2, d: 1 });
    run.broken.add("b").add("c:1");
    const total = await toTheEnd(run);
    expect(total).toMatchObject({ decisions: 3, refused: ["b", "c:1"] });
    expect([...run.kept.decisions.keys()]).toEqual(["a", "c", "d"]);
    expect([run.kept.pages.has("c:2"), run.kept.finished]).toEqual([true, 1]);
  });

  it("replaces no index where none of many decisions can be read", async () => {
    const ids = Array.from({ length: limits.reindexReadsMax }, (_, at) => `d${100 + at}`);
    const run = reindexOf(Object.fromEntries(ids.map((id) => [id, 1])));
    for (const id of ids) run.broken.add(id);
    await expect(toTheEnd(run)).rejects.toThrow("is away");
    run.broken.delete("d100");
    expect((await toTheEnd(run)).refused).toEqual(ids.slice(1));
  });
});

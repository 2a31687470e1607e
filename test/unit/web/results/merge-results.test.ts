import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeDelta, mergeState } from "../../../../src/web/results/merge-results.ts";
import { deltaOf, resultsAt, tallyOf } from "./tallies.ts";

describe("a whole result", () => {
  test("is taken when nothing is held", () => {
    expect(mergeState(null, resultsAt(3))).toMatchObject({
      kind: "newer",
      results: { version: 3 },
    });
  });

  test("of an older version is stale", () => {
    expect(mergeState(resultsAt(3), resultsAt(2))).toEqual({ kind: "stale" });
  });

  test("of the same version is taken when it was looked at later, since it is fresher", () => {
    const later = resultsAt(3, { as_of: "2026-11-23T12:00:01.000Z" });
    const earlier = resultsAt(3, { as_of: "2026-11-23T12:00:00.000Z" });
    expect(mergeState(earlier, later).kind).toBe("newer");
    expect(mergeState(later, earlier).kind).toBe("stale");
  });

  test("that is not final never takes back a final one of the same version", () => {
    const final = resultsAt(3, { final: true, status: "closed" });
    const later = resultsAt(3, { as_of: "2030-01-01T00:00:00.000Z" });
    expect(mergeState(final, later)).toEqual({ kind: "stale" });
  });
});

describe("a delta", () => {
  test("changes the regions it names and keeps the others", () => {
    const north = { region: "north", ...tallyOf(1) };
    const south = { region: "south", ...tallyOf(2) };
    const held = resultsAt(3, { regions: [north, south] });
    const changed = { region: "south", ...tallyOf(5) };
    const delta = deltaOf(3, 6, { total: tallyOf(6), regions: [changed] });
    const merged = mergeDelta(held, delta);
    expect(merged).toMatchObject({
      kind: "newer",
      results: { version: 6, total: tallyOf(6), regions: [north, changed] },
    });
  });

  test("that shows something else than what is held is a gap", () => {
    const turnout = { voters: 4, weight: "4" };
    const { total: _, ...head } = resultsAt(3);
    const held = { ...head, shows: "turnout" as const, turnout, regions: [] };
    expect(mergeDelta(held, deltaOf(3, 6))).toEqual({ kind: "gap" });
  });

  test("of a region that was not known yet adds it", () => {
    const held = resultsAt(0, { regions: [] });
    const merged = mergeDelta(held, deltaOf(0, 1));
    expect(merged).toMatchObject({ results: { regions: [{ region: "north" }] } });
  });

  test("that begins before what is held is taken, since its figures are absolute", () => {
    expect(mergeDelta(resultsAt(4), deltaOf(2, 6)).kind).toBe("newer");
  });

  test("that begins after what is held is a gap", () => {
    expect(mergeDelta(resultsAt(4), deltaOf(5, 6))).toEqual({ kind: "gap" });
  });

  test("that was overtaken is stale", () => {
    expect(mergeDelta(resultsAt(6), deltaOf(4, 5))).toEqual({ kind: "stale" });
  });
});

test("whatever the order and repetition of messages, what is shown never goes back and fits its version", () => {
  const message = fc.tuple(fc.boolean(), fc.nat(20), fc.nat(20)).map(([isState, a, b]) => {
    const [from, version] = [Math.min(a, b), Math.max(a, b)];
    return isState ? resultsAt(version) : deltaOf(from, version);
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 40 }), (messages) => {
      let held = resultsAt(0);
      for (const next of messages) {
        const merged = "from" in next ? mergeDelta(held, next) : mergeState(held, next);
        if (merged.kind !== "newer") continue;
        expect(merged.results.version).toBeGreaterThanOrEqual(held.version);
        if (merged.results.shows !== "counts") throw new Error("every message shows counts");
        held = { ...merged.results, age_ms: 0 };
        expect(held.total).toEqual(tallyOf(held.version));
        expect(held.regions).toEqual([{ region: "north", ...tallyOf(held.version) }]);
      }
    }),
  );
});

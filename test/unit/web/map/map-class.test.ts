import { describe, expect, it } from "vitest";
import { classOfCounts, classOfTurnout } from "../../../../src/web/map/map-class.ts";
import { mapTextures } from "../../../../src/web/map/map-textures.ts";
import { stepOf } from "../../../../src/web/map/step-of-key.ts";

describe("what a map says of a region", () => {
  it("is which of yes and no has more, and whether it is two thirds, exactly", () => {
    const of = (yes: bigint, no: bigint) => classOfCounts({ yes, no });
    expect([of(0n, 0n), of(1n, 1n)]).toEqual(["none", "even"]);
    expect([of(2n, 1n), of(1n, 2n)]).toEqual(["yes-most", "no-most"]);
    const thirds = 10n ** 18n;
    expect(of(2n * thirds - 1n, thirds)).toBe("yes");
    expect(of(2n * thirds, thirds)).toBe("yes-most");
    expect(of(thirds, 2n * thirds - 1n)).toBe("no");
    expect(of(10n ** 20n + 1n, 10n ** 20n)).toBe("yes");
  });

  it("is the quarter of its voters that have voted, where that alone is shown", () => {
    expect([0, 24, 25, 50, 74, 75].map((voted) => classOfTurnout(voted, 100))).toEqual([
      "none",
      "turnout-1",
      "turnout-2",
      "turnout-3",
      "turnout-3",
      "turnout-4",
    ]);
    expect([classOfTurnout(0, null), classOfTurnout(3, null)]).toEqual(["none", "turnout-4"]);
  });

  it("is told without colours too: no two classes have the same marks and darkness", () => {
    const looks = Object.values(mapTextures).map(({ ground, groundShare = 1, marks, markWidth }) =>
      JSON.stringify([
        groundShare >= 1 && ["yes", "no", "text"].includes(ground) ? "dark" : "light",
        marks,
        markWidth,
        // Land is told from a region without votes by its place alone.
        ground === "track",
      ]),
    );
    expect(new Set(looks).size).toBe(looks.length);
  });
});

describe("the keys of a map", () => {
  const order = ["a", "b", "c"];

  it("go from region to region, and not beyond the ends", () => {
    const to = (key: string, active: string | null) => stepOf(key, { order, active });
    expect([to("ArrowRight", "a"), to("ArrowDown", "b"), to("ArrowRight", "c")]).toEqual([
      "b",
      "c",
      "c",
    ]);
    expect([to("ArrowLeft", "b"), to("ArrowUp", "a")]).toEqual(["a", "a"]);
    expect([to("Home", "c"), to("End", "a"), to("ArrowRight", null)]).toEqual(["a", "c", "a"]);
  });

  it("let go with Escape, and are the page's where they mean nothing", () => {
    expect(stepOf("Escape", { order, active: "a" })).toBeNull();
    expect(stepOf("Escape", { order, active: null })).toBeUndefined();
    expect(stepOf("Tab", { order, active: "a" })).toBeUndefined();
  });
});

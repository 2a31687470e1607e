import { describe, expect, it } from "vitest";
import { toFlameTree } from "../../../bench/profile/cpu-profile.ts";
import { flameGraph } from "../../../bench/profile/flame-graph.ts";

const frame = (functionName: string) => ({
  functionName,
  url: "",
  lineNumber: 0,
  columnNumber: 0,
});

const profile = {
  nodes: [
    { id: 1, callFrame: frame("(root)"), children: [2, 3, 5, 6] },
    { id: 2, callFrame: frame("(program)"), children: [] },
    { id: 3, callFrame: frame("cast<T>"), children: [4] },
    { id: 4, callFrame: frame("commit"), children: [] },
    { id: 5, callFrame: frame("(garbage collector)"), children: [] },
    { id: 6, callFrame: frame("cast<T>"), children: [7] },
    { id: 7, callFrame: frame("commit"), children: [] },
  ],
  samples: [2, 3, 4, 5, 7, 2],
  timeDeltas: [9_000, 100, 200, 50, 5_000, 9_000],
};

describe("a flame graph", () => {
  const tree = toFlameTree(profile, ({ functionName }) => functionName, 400);

  it("adds up what a function took wherever it was called from the same, without the runtime's own time", () => {
    expect(tree).toEqual({
      name: "all",
      selfUs: 0,
      totalUs: 750,
      children: [
        {
          name: "cast<T>",
          selfUs: 100,
          totalUs: 700,
          children: [{ name: "commit", selfUs: 600, totalUs: 600, children: [] }],
        },
        { name: "(garbage collector)", selfUs: 50, totalUs: 50, children: [] },
      ],
    });
  });

  it("draws each function as wide as its time, with its name escaped", () => {
    const svg = flameGraph(tree, "votes & more");
    const widths = [...svg.matchAll(/<rect x="[^"]+" y="[^"]+" width="([\d.]+)"/g)].map(
      ([, wide]) => Number(wide),
    );
    expect(widths).toEqual([1_400, 1_306.7, 1_120, 93.3]);
    expect(svg).toContain("cast&lt;T&gt;: 0.7 ms, 93.3 %");
    expect(svg).toContain("votes &amp; more");
  });

  it("of a profile in which nothing ran has no frames", () => {
    const nothing = toFlameTree({ nodes: [], samples: [], timeDeltas: [] }, () => "", 400);
    expect(flameGraph(nothing, "nothing")).not.toContain("<g>");
  });
});

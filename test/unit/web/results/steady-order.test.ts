import { expect, test } from "vitest";
import { rankRegions } from "../../../../src/web/results/rank-regions.ts";
import { inPlaces, placesOf } from "../../../../src/web/results/steady-order.ts";
import { tallyOf } from "./tallies.ts";

const ranked = (counts: Record<string, number>) =>
  rankRegions(
    Object.keys(counts).map((code) => ({ code, name: code.toUpperCase() })),
    Object.entries(counts).map(([region, yes]) => ({ region, ...tallyOf(yes) })),
    "ballots",
  );

test("regions that overtake each other keep their places, with their newest figures", () => {
  const places = placesOf(ranked({ a: 5, b: 4 }));
  const held = inPlaces(ranked({ a: 5, b: 6 }), places);
  expect(held.map(({ code, counts }) => [code, counts.all])).toEqual([
    ["a", 5n],
    ["b", 6n],
  ]);
});

test("regions that come later stand at the end, the largest first", () => {
  const places = placesOf(ranked({ a: 5 }));
  const held = inPlaces(ranked({ a: 5, b: 6, c: 9 }), places);
  expect(held.map(({ code }) => code)).toEqual(["a", "c", "b"]);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rankRegions } from "../../../../src/web/results/rank-regions.ts";
import { steadyOrder } from "../../../../src/web/results/steady-order.ts";
import { tallyOf } from "./tallies.ts";

const regions = [
  { code: "a", name: "A" },
  { code: "b", name: "B" },
];
const ranked = (a: number, b: number) =>
  rankRegions(
    regions,
    [
      { region: "a", ...tallyOf(a) },
      { region: "b", ...tallyOf(b) },
    ],
    "ballots",
  );

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("regions that overtake each other keep their places for a while, with their newest figures", () => {
  const due = vi.fn<() => void>();
  const inOrder = steadyOrder(3_000, due);
  inOrder(ranked(5, 4));
  vi.advanceTimersByTime(1_000);
  const held = inOrder(ranked(5, 6));
  expect(held.map(({ code, counts }) => [code, counts.all])).toEqual([
    ["a", 5n],
    ["b", 6n],
  ]);
  inOrder(ranked(5, 7));
  vi.advanceTimersByTime(1_999);
  expect(due).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(due).toHaveBeenCalledOnce();
  expect(inOrder(ranked(5, 7)).map(({ code }) => code)).toEqual(["b", "a"]);
});

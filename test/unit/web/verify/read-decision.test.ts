import { expect, test } from "vitest";
import { readDecision } from "../../../../src/web/verify/read-decision.ts";

const here = "https://vote.example";

test.each([
  ["river-levy-2026-734f18ca9abf", null],
  [" river-levy-2026-734f18ca9abf\n", null],
  ["https://vote.example/decisions/river-levy-2026-734f18ca9abf", null],
  ["https://vote.example/decisions/river-levy-2026-734f18ca9abf/votes#vote=3", null],
  ["/decisions/river-levy-2026-734f18ca9abf/ballot", null],
  ["https://vote.example/verify?decision=river-levy-2026-734f18ca9abf", null],
  ["https://vote.example/api/v1/decisions/river-levy-2026-734f18ca9abf/outcome", null],
  ["https://else.example/decisions/river-levy-2026-734f18ca9abf", "https://else.example"],
])("%j names a decision", (text, elsewhere) => {
  expect(readDecision(text, here)).toEqual({ id: "river-levy-2026-734f18ca9abf", elsewhere });
});

test.each(["", "the river levy", "https://vote.example/", "/decisions/", "/verify?decision=a/b"])(
  "%j names none",
  (text) => {
    expect(readDecision(text, here)).toBeNull();
  },
);

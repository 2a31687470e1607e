import { expect, test } from "vitest";
import { moveActive } from "../../../../src/web/search/move-active.ts";

const walk = (keys: string[], count: number) => {
  const places: (number | null | undefined)[] = [];
  let active: number | null = null;
  for (const key of keys) {
    const moved = moveActive(active, { key, count });
    places.push(moved);
    if (moved !== undefined) active = moved;
  }
  return places;
};

test("down goes from the field through all rows, and back to the field", () => {
  expect(walk(Array<string>(4).fill("ArrowDown"), 3)).toEqual([0, 1, 2, null]);
});

test("up begins with the last row", () => {
  expect(walk(Array<string>(5).fill("ArrowUp"), 3)).toEqual([2, 1, 0, null, 2]);
});

test("other keys move nothing: they write", () => {
  expect(walk(["ArrowDown", "a", "Home", "ArrowLeft", "ArrowUp"], 3)).toEqual([
    0,
    undefined,
    undefined,
    undefined,
    null,
  ]);
});

test("a list of one row has the row and the field", () => {
  expect(walk(["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"], 1)).toEqual([0, null, 0, null]);
});

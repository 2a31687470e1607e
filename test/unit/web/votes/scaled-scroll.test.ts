import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  elementRows,
  offsetOf,
  placeOfOffset,
  placeOfRow,
  scrolledTo,
  type ScaledList,
  type ScrollPlace,
} from "../../../../src/web/votes/scaled-scroll.ts";

const million: ScaledList = { rows: 1_000_000, rowHeight: 44, viewport: 600 };
const lists = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 20_000_000 })),
  rowHeight: fc.integer({ min: 20, max: 160 }),
  viewport: fc.integer({ min: 100, max: 2_000 }),
});
const start: ScrollPlace = { shift: 0, top: 0 };

const maxOffset = ({ rows, rowHeight, viewport }: ScaledList) =>
  Math.max(0, rows * rowHeight - viewport);
const maxTop = (list: ScaledList) =>
  Math.max(0, elementRows(list) * list.rowHeight - list.viewport);

function expectValid(place: ScrollPlace, list: ScaledList): void {
  expect(Number.isInteger(place.shift)).toBe(true);
  expect(place.shift).toBeGreaterThanOrEqual(0);
  expect(place.shift).toBeLessThanOrEqual(list.rows - elementRows(list));
  expect(place.top).toBeGreaterThanOrEqual(-0.001);
  expect(place.top).toBeLessThanOrEqual(maxTop(list) + 0.001);
}

describe("a list that is taller than an element can be", () => {
  it("has an element that every browser draws", () => {
    fc.assert(fc.property(lists, (list) => elementRows(list) * list.rowHeight <= 4_000_000));
    expect(elementRows(million)).toBe(90_909);
  });

  it("shows any offset exactly", () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const offset = Math.round(part * maxOffset(list));
        const place = placeOfOffset(offset, list);
        expectValid(place, list);
        expect(offsetOf(place, list)).toBeCloseTo(offset, 3);
      }),
    );
  });

  it("moves its rows as far as a wheel or a finger moves, wherever it is", () => {
    fc.assert(
      fc.property(
        lists,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -4_000, max: 4_000 }),
        (list, part, step) => {
          const before = placeOfOffset(Math.round(part * maxOffset(list)), list);
          const top = Math.min(Math.max(0, before.top + step), maxTop(list));
          const after = scrolledTo(top, before, list);
          expectValid(after, list);
          const moved = offsetOf(after, list) - offsetOf(before, list);
          expect(moved).toBeCloseTo(top - before.top, 3);
        },
      ),
    );
  });

  it("is reached from its first to its last row by small steps, and back", () => {
    const few: ScaledList = { rows: 200_000, rowHeight: 44, viewport: 600 };
    let place = start;
    for (let steps = 0; offsetOf(place, few) < maxOffset(few); steps += 1) {
      expect(steps).toBeLessThan(2_300);
      place = scrolledTo(Math.min(place.top + 4_000, maxTop(few)), place, few);
    }
    expect(place.shift).toBe(200_000 - elementRows(few));
    for (let steps = 0; offsetOf(place, few) > 0; steps += 1) {
      expect(steps).toBeLessThan(2_300);
      place = scrolledTo(Math.max(0, place.top - 4_000), place, few);
    }
    expect(place).toEqual(start);
  });

  it("follows the scroll bar in proportion, and leaves the bar where it was put", () => {
    let last = -1;
    for (let part = 0; part <= 100; part += 1) {
      const top = (part * maxTop(million)) / 100;
      const from = part === 50 ? { shift: 0, top: 0 } : { shift: 454_545, top: 2_000_000 };
      const place = scrolledTo(top, from, million);
      expectValid(place, million);
      expect(place.top).toBe(top);
      expect(offsetOf(place, million)).toBeGreaterThan(last);
      last = offsetOf(place, million);
    }
    expect(last).toBe(maxOffset(million));
    const middle = scrolledTo(maxTop(million) / 2, start, million);
    expect(offsetOf(middle, million) / maxOffset(million)).toBeCloseTo(0.5, 3);
  });

  it("has any row in view that is jumped to, and moves no further than it takes to one nearby", () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), (list, from, to) => {
        fc.pre(list.viewport > 2 * list.rowHeight);
        const before = placeOfRow(from % list.rows, start, list);
        const row = to % list.rows;
        const place = placeOfRow(row, before, list);
        expectValid(place, list);
        const offset = offsetOf(place, list);
        expect(row * list.rowHeight).toBeGreaterThanOrEqual(offset - 0.001);
        expect((row + 1) * list.rowHeight).toBeLessThanOrEqual(offset + list.viewport + 0.001);
      }),
    );
    expect(placeOfRow(3, start, million)).toEqual(start);
    expect(placeOfRow(14, start, million)).toEqual({ shift: 0, top: 60 });
  });
});

import { expect, test } from "vitest";
import { forEachConcurrently } from "../../../../src/cli/command-line/for-each-concurrently.ts";
import { wholeNumber } from "../../../../src/cli/command-line/option-values.ts";
import { formatDuration, progressLine } from "../../../../src/cli/command-line/progress-line.ts";

/** Takes as many turns as asked, in order and without a clock. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

test("a progress line says how far, how fast and how long still", () => {
  const state = { label: "replay", unit: "votes", done: 250, total: 1_000, elapsedMs: 500 };
  expect(progressLine(state)).toBe(
    `replay ${"█".repeat(6)}${"░".repeat(18)}  25 %  250 of 1,000 votes  500/s  1.5 s left`,
  );
  expect(progressLine({ ...state, done: 0, elapsedMs: 0 })).toContain("  0 %");
  expect(progressLine({ ...state, done: 0, total: 0 })).toContain("100 %");
});

test("a duration is said as a person says it", () => {
  expect([3, 12_345, 125_000, 59_999].map(formatDuration)).toEqual([
    "3 ms",
    "12.3 s",
    "2 min 05 s",
    "60.0 s",
  ]);
});

test("work is done for every item, at most as many at a time as asked", async () => {
  let [running, most] = [0, 0];
  const done: number[] = [];
  await forEachConcurrently([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, (running += 1));
    await turns(item);
    running -= 1;
    done.push(item);
  });
  expect(most).toBe(2);
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
});

test("the first failure ends it after what runs has ended, and is the one reported", async () => {
  const started: number[] = [];
  const work = forEachConcurrently([1, 2, 3, 4], 2, async (item) => {
    started.push(item);
    await turns(item);
    if (item === 1) throw new Error("first");
  });
  await expect(work).rejects.toThrow("first");
  expect(started).toEqual([1, 2]);
});

test("a number out of its bounds, or none at all, is refused with the bounds", () => {
  const bounds = { min: 1, max: 9, otherwise: 5 };
  for (const text of ["0", "10", "1.5", "-1", "x", ""]) {
    expect(() => wholeNumber("batch", text, bounds)).toThrow("--batch takes a whole number from 1");
  }
  expect(["1", "9", undefined].map((text) => wholeNumber("batch", text, bounds))).toEqual([
    1, 9, 5,
  ]);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { reconnectDelayMs } from "../../../../src/web/results/reconnect-delay.ts";

test("a pause is between a quarter of a second and half a minute, however many tries failed", () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const delay = reconnectDelayMs(attempt, () => random);
        expect(delay).toBeGreaterThanOrEqual(250);
        expect(delay).toBeLessThanOrEqual(30_000);
      },
    ),
  );
});

test("pauses of many screens are spread, not shared", () => {
  expect(reconnectDelayMs(6, () => 0)).toBeLessThan(1_000);
  expect(reconnectDelayMs(6, () => 0.99)).toBeGreaterThan(29_000);
});

import { expect, test } from "vitest";
import { parseRetryAfterMs, retryDelayMs } from "../../../../src/cli/client/retry.ts";
import { saysLater } from "../../../../src/client/repeating.ts";

test("only refusals that promise that a repeat may help are repeated", () => {
  expect([503, 429, 502, 504].every(saysLater)).toBe(true);
  expect([200, 400, 401, 403, 404, 409, 413, 500].some(saysLater)).toBe(false);
});

test("the delay doubles with the tries up to its bound, spread by the jitter, and never below Retry-After", () => {
  expect(retryDelayMs(1, 0, 0)).toBe(20);
  expect(retryDelayMs(3, 0, 0)).toBe(80);
  expect(retryDelayMs(50, 0, 0.999)).toBeLessThanOrEqual(2_000);
  expect(retryDelayMs(1, 3_000, 0)).toBe(3_020);
});

test("Retry-After is read in seconds; anything else is no wish", () => {
  expect(parseRetryAfterMs("2")).toBe(2_000);
  expect(parseRetryAfterMs(undefined)).toBe(0);
  expect(parseRetryAfterMs("Wed, 21 Oct 2026 07:28:00 GMT")).toBe(0);
  expect(parseRetryAfterMs("-1")).toBe(0);
});

import { expect, test } from "vitest";
import {
  isRepeatable,
  parseRetryAfterMs,
  retryDelayMs,
  saysLater,
} from "../../../src/client/repeating.ts";

const bounds = { firstMs: 40, maxMs: 2_000 };

test("only refusals that promise that a repeat may help are repeated", () => {
  expect([503, 429, 502, 504].every(saysLater)).toBe(true);
  expect([200, 400, 401, 403, 404, 409, 413, 500].some(saysLater)).toBe(false);
});

test("the delay doubles with the tries up to its bound, spread by the jitter, and never below Retry-After", () => {
  const delay = (tries: number, retryAfterMs: number, random: number) =>
    retryDelayMs({ tries, retryAfterMs }, bounds, random);
  expect(delay(1, 0, 0)).toBe(20);
  expect(delay(3, 0, 0)).toBe(80);
  expect(delay(50, 0, 0.999)).toBeLessThanOrEqual(2_000);
  expect(delay(1, 3_000, 0)).toBe(3_020);
});

test("Retry-After is read in seconds, up to half a minute; anything else is no wish", () => {
  expect(parseRetryAfterMs("2")).toBe(2_000);
  expect(parseRetryAfterMs("31")).toBe(30_000);
  expect(parseRetryAfterMs(null)).toBe(0);
  expect(parseRetryAfterMs("Wed, 21 Oct 2026 07:28:00 GMT")).toBe(0);
  expect(parseRetryAfterMs("-1")).toBe(0);
});

test("a draft is sent again only with an id of its own, by which it is found", () => {
  const name = "POST /api/v1/decisions";
  expect(isRepeatable(name, { slug: "delta", title: "Delta" })).toBe(true);
  expect(isRepeatable(name, { slug: undefined, title: "Delta" })).toBe(false);
  expect(isRepeatable(name, { title: "Delta" })).toBe(false);
  expect(isRepeatable(name)).toBe(false);
});

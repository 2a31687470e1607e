import { describe, expect, test } from "vitest";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { connectionWords, freshnessWords } from "../../../../src/web/results/freshness.ts";
import {
  ageMs,
  localClock,
  readServerClock,
  serverTime,
} from "../../../../src/web/results/server-clock.ts";
import { resultsAt } from "./tallies.ts";

const i18n = createI18n("en");

const noon = Date.parse("2026-11-23T12:00:00.000Z");

describe("the server's clock", () => {
  const answer = { as_of: "2026-11-23T12:00:00.000Z", age_ms: 400 };

  test("is read from an answer, whatever this device believes the time is", () => {
    const wrong = noon - 3_600_000;
    expect(serverTime(readServerClock(answer, wrong), wrong)).toBe(noon + 400);
  });

  test("counts the whole way of the answer into the age, since none of it is known to be short", () => {
    const clock = readServerClock(answer, 1_000);
    const arrivedAt = 1_000 + 250;
    expect(ageMs(clock, answer.as_of, arrivedAt)).toBe(650);
  });

  test("never makes an age negative", () => {
    expect(ageMs(localClock, answer.as_of, noon - 5_000)).toBe(0);
  });
});

describe("in words", () => {
  test("a live result says its time of day and its age", () => {
    const results = resultsAt(1, { as_of: "2026-11-23T12:03:04.000Z" });
    const now = Date.parse(results.as_of) + 400;
    const freshness = { results, clock: localClock, now, timeZone: "UTC" };
    expect(freshnessWords(i18n, freshness)).toBe("as of 12:03:04, 0.4 s ago");
  });

  test("a final result says its day and no age", () => {
    const results = resultsAt(1, { as_of: "2006-12-20T18:00:00.000Z", final: true });
    const freshness = { results, clock: localClock, now: noon, timeZone: "UTC" };
    expect(freshnessWords(i18n, freshness)).toBe("as of 20 Dec 2006, 18:00 UTC");
  });

  test("a lost connection says when it is tried again, and never in zero seconds", () => {
    expect(connectionWords(i18n, { kind: "waiting", since: noon, until: noon + 2_100 }, noon)).toBe(
      "Not live, next try in 3 s",
    );
    expect(connectionWords(i18n, { kind: "waiting", since: noon, until: noon - 1 }, noon)).toBe(
      "Not live, next try in 1 s",
    );
  });
});

import { expect, test } from "vitest";
import { untilNextLookMs } from "../../../../src/web/ballot/until-next-look.ts";

const at = "2027-01-01T12:00:00.000Z";
const now = Date.parse(at);

test.each([
  ["scheduled", 90_000, 60_000],
  ["scheduled", 20_000, 21_000],
  ["scheduled", 0, 1_000],
  ["scheduled", -5_000, 1_000],
  ["open", 90_000, 30_000],
  ["open", 3_000, 4_000],
  ["closing", 0, 30_000],
  ["closed", 0, 30_000],
  ["certified", 0, false],
  ["cancelled", 0, false],
] as const)("a ballot that is %s, %d ms before the hour, is looked at after %s ms", (...row) => {
  const [status, msBefore, ms] = row;
  const decision = { status, opens_at: at, closes_at: at };
  expect(untilNextLookMs(decision, { now: now - msBefore, random: 0 })).toBe(ms);
});

test("a decision without an end is looked at all the same", () => {
  const decision = { status: "open", opens_at: at, closes_at: null } as const;
  expect(untilNextLookMs(decision, { now, random: 0 })).toBe(30_000);
  expect(untilNextLookMs(undefined, { now, random: 0 })).toBe(false);
});

test("voters who wait for an opening do not all ask in one instant", () => {
  const decision = { status: "scheduled", opens_at: at, closes_at: null } as const;
  const looks = [0, 0.5, 0.99].map((random) => untilNextLookMs(decision, { now, random }));
  expect(looks).toEqual([1_000, 3_000, 4_960]);
});

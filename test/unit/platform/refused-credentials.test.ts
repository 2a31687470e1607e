import { describe, expect, it } from "vitest";
import { RefusedCredentials } from "../../../src/platform/refused-credentials.ts";
import { limits } from "../../../src/shared/limits.ts";

function counting() {
  const told: string[] = [];
  const clock = { now: 0 };
  const refused = new RefusedCredentials({
    now: () => clock.now,
    tell: (refusal, count) => told.push(`${refusal} ${count}`),
  });
  const note = (code: string, times: number) => {
    for (let each = 0; each < times; each += 1) refused.note(code);
  };
  return { told, clock, note };
}

describe("credentials that are refused", () => {
  it("are told at the first, the tenth, the hundredth and the thousandth of a minute", () => {
    const { told, note } = counting();
    note("key.invalid", 1_234);
    expect(told).toEqual([1, 10, 100, 1_000].map((count) => `key.invalid ${count}`));
  });

  it("are counted by code", () => {
    const { told, note } = counting();
    note("key.invalid", 9);
    note("token.expired", 10);
    expect(told).toEqual(["key.invalid 1", "token.expired 1", "token.expired 10"]);
  });

  it("are counted anew once the minute is over, and not a moment before", () => {
    const { told, clock, note } = counting();
    note("key.invalid", 2);
    clock.now = limits.refusalWindowMs - 1;
    note("key.invalid", 1);
    clock.now = limits.refusalWindowMs;
    note("key.invalid", 1);
    expect(told).toEqual(["key.invalid 1", "key.invalid 1"]);
  });
});

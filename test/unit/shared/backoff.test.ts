import { describe, expect, it } from "vitest";
import { alarmRetryDelayMs } from "../../../src/shared/backoff.ts";

describe("an object's alarm", () => {
  it("waits longer after each failure, up to ten seconds", () => {
    expect([1, 2, 3, 99].map(alarmRetryDelayMs)).toEqual([500, 1_000, 2_000, 10_000]);
  });
});

import { describe, expect, it } from "vitest";
import { meanWait, waitQuantile } from "../../../src/planner/waiting-time.ts";

/** The mean as the area above the distribution, which the quantiles give. */
function meanOfQuantiles(load: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += waitQuantile(load, (step + 0.5) / steps);
  return sum / steps;
}

describe("the wait for a server that takes the same time for each call", () => {
  it("is half of that of one whose times vary as much as arrivals do, on average", () => {
    expect(meanWait(0.5)).toBe(0.5);
    expect(meanWait(0.8)).toBeCloseTo(2, 12);
  });

  it.each([0.1, 0.25, 0.5, 0.7, 0.9])("at a load of %f has quantiles of that mean", (load) => {
    expect(meanOfQuantiles(load) / meanWait(load)).toBeCloseTo(1, 1);
  });

  it("is none for those who find the server free, and has no end where it is never free", () => {
    expect(waitQuantile(0.25, 0.75)).toBe(0);
    expect(waitQuantile(0.25, 0.76)).toBeGreaterThan(0);
    expect(waitQuantile(1, 0.5)).toBe(Number.POSITIVE_INFINITY);
  });

  it("grows with the load and with the share, also where the exact sum gives way to its tail", () => {
    const loads = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99].map((load) => waitQuantile(load, 0.99));
    expect(loads).toEqual(loads.toSorted((one, other) => one - other));
    const shares = [0.9, 0.95, 0.99, 0.999, 0.9999].map((share) => waitQuantile(0.9, share));
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  });
});

import { describe, expect, it } from "vitest";
import { drawSimulations } from "../../../bench/simulate/draw-simulation.ts";
import { quantile, runSimulation } from "../../../bench/simulate/run-simulation.ts";
import { arrivals, skewedMs } from "../../../bench/simulate/seeded.ts";
import { seededRandom } from "../../../bench/kill-test/random.ts";
import { simulateShard } from "../../../bench/simulate/simulate-shard.ts";
import { simulateOutbox, simulateWriter } from "../../../bench/simulate/simulate-writer.ts";
import { meanWait, waitQuantile } from "../../../src/planner/waiting-time.ts";

describe("a simulated shard", () => {
  it.each([0.3, 0.6, 0.8])(
    "that takes one vote at a time waits as M/D/1 says, at a load of %f",
    (load) => {
      const serviceMs = 2;
      const moments = arrivals(seededRandom(11), (load / serviceMs) * 1_000, 2_000_000);
      const times = { voteMs: 0, commitMs: serviceMs, windowMs: 0, enough: 1, batchMax: 1 };
      const { commits, busyMs } = simulateShard(moments, times);
      const waits = commits.map(
        ({ from, doneAt }) => (doneAt - (moments[from] ?? 0)) / serviceMs - 1,
      );
      const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
      expect(mean / meanWait(load)).toBeCloseTo(1, 1);
      const sorted = Float64Array.from(waits).toSorted();
      for (const share of [0.9, 0.99])
        expect(quantile(sorted, share) / waitQuantile(load, share)).toBeCloseTo(1, 1);
      expect(busyMs / 2_000_000).toBeCloseTo(load, 2);
    },
  );

  it("gathers what comes within its window, until enough wait", () => {
    const moments = Float64Array.from([0, 5, 19, 30, 31, 32, 100]);
    const times = { voteMs: 0, commitMs: 1, windowMs: 20, enough: 3, batchMax: 10 };
    const { commits } = simulateShard(moments, times);
    expect(commits).toEqual([
      { from: 0, to: 3, doneAt: 20 },
      { from: 3, to: 6, doneAt: 33 },
      { from: 6, to: 7, doneAt: 121 },
    ]);
  });
});

describe("a simulated way into the database", () => {
  it("loses no ballot, and falls behind where more comes than it applies", () => {
    const moments = arrivals(seededRandom(5), 200, 30_000);
    const times = { voteMs: 0.5, commitMs: 0, windowMs: 20, enough: 16, batchMax: 2_000 };
    const records = simulateOutbox(simulateShard(moments, times).commits);
    expect(records.reduce((sum, { ballots }) => sum + ballots, 0)).toBe(moments.length);
    const quick = simulateWriter(records, 10_000);
    const slow = simulateWriter(records, 100);
    expect(quick.length).toBe(records.length);
    expect(Math.max(...quick.map(({ lagMs }) => lagMs))).toBeLessThan(2_000);
    expect(slow.at(-1)?.lagMs).toBeGreaterThan(20_000);
  });
});

describe("a simulation", () => {
  const scenario = { votesPerSecond: 2_000, decisions: 1, shards: 8, seconds: 5, seed: 3 };

  it("is the same for the same seed, and another for another", () => {
    const p99 = (seed: number) => quantile(runSimulation({ ...scenario, seed }).latencies, 0.99);
    expect(p99(3)).toBe(p99(3));
    expect(p99(3)).not.toBe(p99(4));
  });

  it("is drawn as a picture that says that it is one", () => {
    const picture = drawSimulations([runSimulation(scenario)]);
    expect(picture).toMatch(
      /^<svg [^]*A SIMULATION[^]*nothing here ran at Cloudflare[^]*<\/svg>\n$/,
    );
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it("skewed times have the median and the 99th percentile that they are given", () => {
  const draw = seededRandom(9);
  const times = Array.from({ length: 100_000 }, () => skewedMs(draw, { p50Ms: 10, p99Ms: 40 }));
  const sorted = Float64Array.from(times).toSorted();
  expect(quantile(sorted, 0.5) / 10).toBeCloseTo(1, 1);
  expect(quantile(sorted, 0.99) / 40).toBeCloseTo(1, 1);
});

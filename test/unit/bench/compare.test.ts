import { describe, expect, it } from "vitest";
import { compareContenders, median } from "../../../bench/peers/compare.ts";
import { formatPeers } from "../../../bench/peers/format-peers.ts";
import { names, type Contender } from "../../../bench/peers/contender.ts";
import type { Compared, RoundResult } from "../../../bench/peers/run-rounds.ts";

const round = (requestsPerSecond: number, p99Ms = 1): RoundResult => ({
  requestsPerSecond,
  votesPerSecond: requestsPerSecond,
  processorMicrosecondsEach: 1,
  driverUtilization: 0.5,
  meanMs: 1,
  deviationMs: 1,
  p50Ms: 1,
  p99Ms,
  p999Ms: 1,
});

function compared(contender: Partial<Contender>, rounds: RoundResult[]): Compared {
  const unused = () => {
    throw new Error("nothing is sent here");
  };
  const whole: Contender = {
    name: "ours",
    against: [],
    aims: {},
    way: "requests",
    inFlight: { closed: 1, open: 1 },
    requestsPerSecondMax: 1,
    origin: unused,
    plan: unused,
    pids: unused,
    settle: unused,
    countStored: unused,
    ...contender,
  };
  return { contender: whole, rounds, acknowledged: 7 };
}

describe("the comparison with peers", () => {
  it("takes the median, and between two the mean", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([5])).toBe(5);
  });

  it("compares figures of one round, so that a machine that slows down favours nobody", () => {
    const echo = compared({ name: names.echo }, [round(1_000), round(100), round(10)]);
    const ours = compared({ against: [names.echo] }, [round(500), round(50), round(20)]);
    const [, row] = compareContenders([echo, ours]);
    expect(row?.ratios).toEqual({ [names.echo]: 0.5 });
    expect(row?.votesPerSecond).toBe(50);
  });

  it("says which aims are met and which are missed", () => {
    const peer = compared({ name: names.each }, [round(100)]);
    const aims = { of: { [names.each]: 1.5 }, votesPerSecond: 120, p99Ms: 50 };
    const ours = (rate: number, p99Ms: number) =>
      compareContenders([peer, compared({ against: [names.each], aims }, [round(rate, p99Ms)])])[1]
        ?.aims;
    expect(ours(150, 50)).toEqual([
      `≥ 1.5 of ${names.each}: met`,
      "≥ 120 votes/s: met",
      "p99 ≤ 50 ms: met",
    ]);
    expect(ours(119, 51)).toEqual([
      `≥ 1.5 of ${names.each}: missed`,
      "≥ 120 votes/s: missed",
      "p99 ≤ 50 ms: missed",
    ]);
  });

  it("says in its table where ours is slower", () => {
    const echo = compared({ name: names.echo }, [round(1_000)]);
    const slower = compared({ name: "slow", against: [names.echo] }, [round(520)]);
    const faster = compared({ name: "fast", against: [names.echo] }, [round(1_500)]);
    const lines = formatPeers(compareContenders([echo, slower, faster])).split("\n");
    expect(lines.find((line) => line.startsWith("| slow"))).toContain("| 0.52 slower |");
    expect(lines.find((line) => line.startsWith("| fast"))).toContain("| 1.50 |");
    expect(lines).toContain("slow: 7 acknowledged = stored");
  });
});

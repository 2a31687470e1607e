import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { priceOfMillionVotes } from "../../../bench/price/price-of-million-votes.ts";
import { priceGoal, pricesByRate, priceTable } from "../../../bench/price/price-table.ts";
import { unitsAVote, type VotedDecision } from "../../../src/planner/units-a-vote.ts";

/** A decision whose price can be worked out by hand. */
const decision: VotedDecision = {
  votesPerSecond: 400,
  objects: 5,
  regions: 40,
  isRollCall: true,
  database: "d1",
  log: "queue",
  votesACommit: 1,
  shard: {
    rowsWritten: 0.5,
    rowsRead: 2,
    alarms: 0.1,
    records: 0.02,
    confirmations: 0.03,
    reports: 0.04,
  },
};

describe("the price of a million votes", () => {
  it("is that of a million times what one vote takes", () => {
    const units = unitsAVote(decision);
    expect(units.worker_requests).toBeCloseTo(1.02, 9);
    expect(units.worker_cpu_ms).toBe(1);
    // An alarm and five objects' metrics each ten seconds, in which 4,000 votes come.
    expect(units.object_requests).toBeCloseTo(1.1715, 9);
    // A four hundredth of a second of five objects, of 128 MB.
    expect(units.object_gigabyte_seconds).toBeCloseTo(0.0016, 9);
    // That alarm, and how turnout grew each minute.
    expect(units.object_rows_written).toBeCloseTo(0.500291666666, 9);
    expect(units.object_rows_read).toBe(2);
    expect(units.queue_operations).toBeCloseTo(0.06, 9);
    // The ballot, its record's progress, and for 4,000 votes the decision and 40 regions.
    expect(units.d1_rows_written).toBeCloseTo(1.03025, 9);
    expect(units.d1_rows_read).toBeCloseTo(4.12, 9);
    const { lines, total } = priceOfMillionVotes(decision);
    expect(lines.worker_requests).toBeCloseTo(0.306, 9);
    expect(lines.object_gigabyte_seconds).toBeCloseTo(0.02, 9);
    // 0.306 + 0.02 + 0.175725 + 0.02 + 0.50029 + 0.002 + 0.024 + 1.03025 + 0.00412
    expect(total).toBeCloseTo(2.08239, 4);
  });

  it("has a line for everything that is billed, and is their sum", () => {
    const { lines, total } = priceOfMillionVotes(decision);
    expect(Object.keys(lines)).toEqual(Object.keys(unitsAVote(decision)));
    const sum = Object.values(lines).reduce((all, usd) => all + usd, 0);
    expect(total).toBeCloseTo(sum, 9);
    for (const usd of Object.values(lines)) expect(usd).toBeGreaterThan(0);
  });

  it("falls with the rate, and is within its aim at that of a busy shard", () => {
    const totals = [...pricesByRate().values()].map(({ total }) => total);
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(pricesByRate().get(priceGoal.votesPerSecond)?.total).toBeLessThanOrEqual(priceGoal.usd);
  });

  it("stands in docs/benchmarks.md as it is worked out", () => {
    const paper = readFileSync("docs/benchmarks.md", "utf8");
    expect(paper).toContain(priceTable().join("\n"));
  });
});

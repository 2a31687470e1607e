import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listPrices } from "../../../bench/price/list-prices.ts";
import {
  priceOfMillionVotes,
  unitsAVote,
  type PricedDecision,
} from "../../../bench/price/price-of-million-votes.ts";
import { priceGoal, pricesByRate, priceTable } from "../../../bench/price/price-table.ts";

/** A decision whose price can be worked out by hand. */
const decision: PricedDecision = {
  votesPerSecond: 100,
  shards: 4,
  regions: 40,
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
    expect(units.workerRequests).toBeCloseTo(1.02, 9);
    expect(units.workerCpuMs).toBe(1);
    expect(units.objectRequests).toBeCloseTo(1.17, 9);
    // A hundredth of a second of the shard and of a fourth of the room, of 128 MB.
    expect(units.objectGigabyteSeconds).toBeCloseTo(0.0016, 9);
    expect(units.objectRowsWritten).toBe(0.5);
    expect(units.objectRowsRead).toBe(2);
    expect(units.queueOperations).toBeCloseTo(0.06, 9);
    // The ballot, its record's progress, and 40 regions for 4,000 votes of ten seconds.
    expect(units.d1RowsWritten).toBeCloseTo(1.03, 9);
    expect(units.d1RowsRead).toBeCloseTo(4.12, 9);
    const { lines, total } = priceOfMillionVotes(decision);
    expect(lines.workerRequests).toBeCloseTo(0.306, 9);
    expect(lines.objectGigabyteSeconds).toBeCloseTo(0.02, 9);
    expect(lines.d1RowsRead).toBeCloseTo(0.00412, 9);
    // 0.306 + 0.02 + 0.1755 + 0.02 + 0.5 + 0.002 + 0.024 + 1.03 + 0.00412
    expect(total).toBeCloseTo(2.08162, 9);
  });

  it("has a line for everything that is billed, and is their sum", () => {
    const { lines, total } = priceOfMillionVotes(decision);
    expect(Object.keys(lines)).toEqual(Object.keys(listPrices));
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

import { describe, expect, it } from "vitest";
import { planDefaults, type PlanInput } from "../../../src/planner/plan-input.ts";
import { planDeployment } from "../../../src/planner/plan.ts";
import { limits } from "../../../src/shared/limits.ts";

function planFor(given: Partial<PlanInput>) {
  return planDeployment({ ...planDefaults, ...given });
}

describe("a plan", () => {
  it("has as many shards as keep each at what one is planned for", () => {
    expect(planFor({ votesPerSecond: 250 }).shards).toEqual({
      count: 1,
      votesPerSecondEach: 250,
      isInRoom: true,
    });
    expect(planFor({ votesPerSecond: 251 }).shards).toMatchObject({ count: 2, isInRoom: false });
    expect(planFor({ votesPerSecond: 10_000 }).shards.count).toBe(40);
    expect(planFor({ votesPerSecond: 10_000, decisions: 10 }).shards.count).toBe(4);
    expect(planFor({ votesPerSecond: 100_000 }).shards.count).toBe(limits.shardsMax);
  });

  it("keeps an only shard out of its room where many watch", () => {
    const watchers = limits.roomWithShardWatchersMax;
    expect(planFor({ watchers }).shards.isInRoom).toBe(true);
    expect(planFor({ watchers: watchers + 1 }).shards.isInRoom).toBe(false);
  });

  it("counts the votes of its sessions, and asks for each vote's own request", () => {
    const { votes, bill } = planFor({ votesPerSecond: 10, hours: 2, sessionsAMonth: 4 });
    expect(votes).toEqual({ aSession: 72_000, aMonth: 288_000 });
    const requests = bill.lines.find(({ item }) => item === "worker_requests");
    expect(requests?.quantity).toBeGreaterThan(288_000);
  });

  it("takes D1 where it lasts for a year, and Postgres where it does not", () => {
    expect(planFor({ votesPerSecond: 300 })).toMatchObject({ database: "d1", postgres: null });
    const most = planFor({ votesPerSecond: 400 });
    expect(most).toMatchObject({ database: "postgres", d1: null });
    expect(most.bill.lines.map(({ item }) => item)).not.toContain("d1_rows_written");
    const asked = planFor({ votesPerSecond: 400, database: "d1" });
    expect(asked.d1?.monthsUntilFull).toBeCloseTo(10e9 / (400 * 7_200 * 4 * 84), 9);
  });

  it("asks Kafka for servers of its own, and the queue for operations", () => {
    const items = (log: "kafka" | "queue") =>
      planFor({ votesPerSecond: 1_000, log }).bill.lines.map(({ item }) => item);
    expect(items("kafka")).toContain("kafka_servers");
    expect(items("kafka")).not.toContain("queue_operations");
    expect(items("queue")).toContain("queue_operations");
  });

  it("says what each part of the time rests on, and that none is expected of too few shards", () => {
    const { latency } = planFor({ votesPerSecond: 1_000 });
    expect(latency?.parts.map(({ basis }) => basis)).toContain("assumed");
    const sum = latency?.parts.reduce((total, { p99Ms }) => total + p99Ms, 0);
    expect(latency?.p99Ms).toBeCloseTo(sum ?? 0, 9);
    expect(planFor({ votesPerSecond: 64_000 }).latency).toBeNull();
    expect(planFor({ votesPerSecond: 63_000 }).latency).not.toBeNull();
  });

  it("has shards in as many places as voters, where most have their shard far away", () => {
    const near = planFor({ votesPerSecond: 1_000 });
    const far = planFor({ votesPerSecond: 1_000, continents: 3 });
    expect([near.places, far.places]).toEqual([1, 3]);
    expect(planFor({ continents: 3 }).places).toBe(1);
    expect(far.latency?.p50Ms).toBeGreaterThan(100 + (near.latency?.p50Ms ?? 0));
    const two = planFor({ votesPerSecond: 1_000, continents: 2 });
    expect(two.latency?.p50Ms).toBeLessThan(far.latency?.p50Ms ?? 0);
  });

  it("names what is used most first, with the number to change", () => {
    const { bottleneck, stages } = planFor({ votesPerSecond: 10_000 });
    expect(bottleneck).toMatchObject({ name: "publication", remedy: "decisions" });
    expect(bottleneck.share).toBeGreaterThan(1);
    const shares = stages.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    const apart = planFor({ votesPerSecond: 10_000, decisions: 10 });
    expect(apart.bottleneck.share).toBeLessThan(1);
  });

  it("takes off what the plan includes, once", () => {
    const few = planFor({ votesPerSecond: 1 }).bill;
    expect(few.usdAMonth).toBe(5);
    const { bill } = planFor({ votesPerSecond: 10_000 });
    for (const { item, quantity, included, usd } of bill.lines) {
      expect(included, item).toBeLessThanOrEqual(quantity);
      expect(usd, item).toBeGreaterThanOrEqual(0);
    }
    const sum = bill.lines.reduce((total, { usd }) => total + usd, 0);
    expect(bill.usdAMonth).toBeCloseTo(sum, 6);
    expect(bill.usdAMillionVotes).toBeCloseTo(sum / 288, 6);
  });
});

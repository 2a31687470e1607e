import { describe, expect, it } from "vitest";
import type { BillItem } from "../../../src/planner/bill.ts";
import { planDefaults, type PlanInput } from "../../../src/planner/plan-input.ts";
import { planDeployment } from "../../../src/planner/plan.ts";
import { bytesARollVoter } from "../../../src/planner/sizes.ts";
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

  it("bills writers of Kafka for the whole month, since they ask day and night", () => {
    const usedBy = (log: "kafka" | "queue", item: BillItem) =>
      planFor({ log }).bill.lines.find((line) => line.item === item)?.quantity ?? 0;
    const more = (item: BillItem) => usedBy("kafka", item) - usedBy("queue", item);
    // Two writers of 128 MB, with an alarm each twenty seconds; the rest is what a queue was asked.
    expect(more("object_gigabyte_seconds")).toBeCloseTo(2 * 730 * 3_600 * 0.128, 3);
    expect(more("object_requests")).toBeCloseTo(2 * 730 * 180, 3);
    expect(more("object_rows_written")).toBeCloseTo(2 * 730 * 180, 3);
  });

  it("lets objects sleep where votes come seldom", () => {
    const weeks = { hours: 336, sessionsAMonth: 1, votesPerSecond: 0.001, decisions: 10 };
    const { bill } = planFor(weeks);
    const votes = 336 * 3.6;
    const used = (item: BillItem) => bill.lines.find((line) => line.item === item)?.quantity ?? 0;
    // Twenty seconds after a vote at most, in its shard and in the collector of metrics.
    expect(used("object_gigabyte_seconds")).toBeLessThan(votes * 2 * 20 * 0.128);
    const checks = 10 * (336 + 24) * 60;
    expect(used("object_requests")).toBeLessThan(votes * 8 + checks);
    expect(bill.usdAMonth).toBe(5);
  });

  it("bills the checks of the status page, of no more decisions than are checked a minute", () => {
    const usedBy = (given: Partial<PlanInput>, item: BillItem) =>
      planFor({ ...given, votesPerSecond: 0.01, hours: 1, sessionsAMonth: 1 }).bill.lines.find(
        (line) => line.item === item,
      )?.quantity ?? 0;
    // Each minute of the hour and of the day after it: what 36 votes take beside that is little.
    expect(usedBy({}, "object_requests")).toBeCloseTo(25 * 60 + 36 * 8, -2.5);
    expect(usedBy({}, "d1_rows_read")).toBeCloseTo(25 * 60 * 37 + 36 * 10, -2.5);
    expect(usedBy({ decisions: 50 }, "object_rows_written")).toBeGreaterThan(50 * 25 * 60);
    expect(usedBy({ decisions: 50_000 }, "object_rows_written")).toBeLessThan(51 * 25 * 60 + 1_000);
  });

  it("counts the voters of a roll as rows of their shards, and more than it takes", () => {
    const used = (voters: number, item: BillItem) =>
      planFor({ voters, decisions: 2 }).bill.lines.find((line) => line.item === item)?.quantity ??
      0;
    const more = (item: BillItem) => used(50_000, item) - used(0, item);
    expect(more("object_rows_written")).toBeCloseTo(50_000 * 2 * 4, 3);
    expect(more("object_storage_gigabytes")).toBeCloseTo(
      (50_000 * 2 * 4 * bytesARollVoter) / 1e9,
      9,
    );
    expect(planFor({ voters: 2_000_000 }).bottleneck.share).toBeLessThanOrEqual(1);
    expect(planFor({ voters: 2_000_001 }).bottleneck).toMatchObject({
      name: "roll",
      remedy: "voters",
    });
  });

  it("does not hold where a month has fewer hours", () => {
    expect(planFor({ hours: 24, sessionsAMonth: 31 }).bottleneck.share).toBeLessThan(1);
    const { bottleneck } = planFor({ hours: 24, sessionsAMonth: 32 });
    expect(bottleneck).toMatchObject({ name: "hours_of_month", remedy: "sessions_a_month" });
  });

  it("asks Postgres for no more connections than its login may have", () => {
    const { postgres } = planFor({ votesPerSecond: 1_000_000, database: "postgres" });
    expect(postgres?.connections).toBe(limits.postgresConnectionsMax);
  });

  it.each<[Partial<PlanInput>, string, Partial<PlanInput>]>([
    [{ votesPerSecond: 10_000 }, "publication", { decisions: 8 }],
    [{ watchers: 20_000 }, "watchers", { watchers: 10_000 }],
    [{ voters: 3_000_000 }, "roll", { voters: 0 }],
    [
      { votesPerSecond: 400, database: "d1", sessionsAMonth: 60 },
      "d1_size",
      { database: "postgres" },
    ],
    [{ votesPerSecond: 1_000_000, decisions: 10_000, log: "queue" }, "queue", { log: "kafka" }],
    [{ hours: 24, sessionsAMonth: 60 }, "hours_of_month", { sessionsAMonth: 31 }],
  ])("names for %j and %s what moves it", (input, name, changed) => {
    const share = (of: Partial<PlanInput>) =>
      planFor(of).stages.find((stage) => stage.name === name)?.share ?? 0;
    expect(share(input)).toBeGreaterThan(1);
    expect(share({ ...input, ...changed })).toBeLessThanOrEqual(1);
  });

  it("names no larger server of Postgres beyond the largest, nor more shards than 64", () => {
    const remedyOf = (input: Partial<PlanInput>, name: string) =>
      planFor(input).stages.find((stage) => stage.name === name)?.remedy;
    const most = { votesPerSecond: 1_000_000 };
    expect(remedyOf({ votesPerSecond: 10_000 }, "database")).toBe("postgres_processors");
    expect(remedyOf(most, "database")).toBe("deployments");
    expect(remedyOf({ votesPerSecond: 1_000 }, "shard_storage")).toBe("shards");
    expect(remedyOf(most, "shard_storage")).toBe("decisions");
  });
});

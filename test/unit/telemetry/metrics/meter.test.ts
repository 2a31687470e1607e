import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { MemoryMeter } from "../../../../src/telemetry/metrics/meter.ts";
import { lettersOf } from "./letters-of.ts";

function meterAt() {
  const clock = { now: 1_000 };
  return { clock, meter: new MemoryMeter(() => clock.now) };
}

const all = { holdsBack: false };
const read = { "http.request.method": "GET", status_class: "2xx" };

describe("a meter", () => {
  it("gives what has changed, once", () => {
    const { meter } = meterAt();
    meter.count("enviro.votes", { outcome: "accepted" });
    meter.count("enviro.votes", { outcome: "accepted" }, 4);
    meter.count("enviro.votes", { outcome: "vote.already_cast" });
    expect(meter.take(all)).toEqual([
      { name: "enviro.votes", values: ["accepted"], kind: "counter", value: 5 },
      { name: "enviro.votes", values: ["vote.already_cast"], kind: "counter", value: 1 },
    ]);
    expect(meter.hasChanged).toBe(false);
    expect(meter.take(all)).toEqual([]);
  });

  it("counts a value in the first bucket that holds it, and what is above all in the last", () => {
    const { meter } = meterAt();
    for (const ballots of [1, 2, 2_000, 2_001]) meter.record("enviro.commit.size", {}, ballots);
    expect(meter.take(all)).toEqual([
      {
        name: "enviro.commit.size",
        values: [],
        kind: "histogram",
        counts: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
        sum: 4_004,
      },
    ]);
  });

  it.each([
    ["a decision's path", "/api/v1/decisions/river-2027-5d3a/results?since=1"],
    ["a voter's name", "Ana Maria"],
  ])("measures nothing under a label that is %s", (_, route) => {
    const { meter } = meterAt();
    meter.record("http.server.request.duration", { ...read, "http.route": route }, 1);
    meter.count("enviro.votes", { outcome: "ana@example.org" });
    expect(meter.take(all)).toEqual([]);
  });

  it("keeps a bounded number of series, and counts what has no room", () => {
    const { meter } = meterAt();
    for (let index = 0; index < limits.metricsSeriesAnIsolate + 3; index += 1) {
      const name = lettersOf(index);
      meter.count("enviro.votes", { outcome: `vote.${name}` });
    }
    const points = meter.take(all);
    expect(points).toHaveLength(limits.metricsSeriesAnIsolate + 1);
    const values = ["too_many_series"];
    const lost = { name: "enviro.telemetry.dropped", values, kind: "counter", value: 3 };
    expect(points.at(-1)).toEqual(lost);
  });

  it("adds up what the objects of an isolate say now, until they have been silent for long", () => {
    const { meter, clock } = meterAt();
    const gauge = (value: number) => ({
      name: "enviro.watchers",
      values: [],
      kind: "gauge",
      value,
    });
    meter.set("enviro.watchers", {}, 3, "one room");
    meter.set("enviro.watchers", {}, 4, "another");
    expect(meter.take(all)).toEqual([gauge(7)]);
    clock.now += limits.metricsGaugeMs;
    meter.set("enviro.watchers", {}, 2, "another");
    expect(meter.take(all)).toEqual([gauge(5)]);
    clock.now += 1;
    expect(meter.take(all)).toEqual([gauge(2)]);
    meter.set("enviro.watchers", {}, 0, "another");
    expect(meter.take(all)).toEqual([gauge(0)]);
    expect(meter.hasChanged).toBe(false);
  });

  it("tells the worst of a minute in steps, for ten minutes, whatever follows", () => {
    const { meter, clock } = meterAt();
    const late = (seconds: number) => meter.set("enviro.alarm.lateness", object, seconds, "alarms");
    const object = { object: "shard" };
    const told = () => meter.take(all).map((point) => point.kind === "gauge" && point.value);
    late(7);
    expect(told()).toEqual([10]);
    clock.now += limits.metricsWorstMs - 1;
    late(0.2);
    expect(told()).toEqual([10]);
    clock.now += 1;
    late(2);
    expect(told()).toEqual([5]);
    late(5_000);
    expect(told()).toEqual([3_600]);
    clock.now += limits.metricsGaugeMs;
    expect(told()).toEqual([3_600]);
    clock.now += 1;
    expect(told()).toEqual([0]);
    expect(told()).toEqual([]);
  });

  it("holds back what votes move until there is enough of it, where each point is shown as it comes", () => {
    const { meter } = meterAt();
    const voted = () => meter.count("enviro.votes", { outcome: "accepted" });
    for (let votes = 1; votes < limits.metricsHeldBack; votes += 1) voted();
    meter.count("enviro.votes", { outcome: "shard.unavailable" });
    const lost = { name: "enviro.votes", values: ["shard.unavailable"], kind: "counter", value: 1 };
    expect(meter.take({ holdsBack: true })).toEqual([lost]);
    voted();
    const values = ["accepted"];
    const enough = { name: "enviro.votes", values, kind: "counter", value: limits.metricsHeldBack };
    expect(meter.take({ holdsBack: true })).toEqual([enough]);
  });
});

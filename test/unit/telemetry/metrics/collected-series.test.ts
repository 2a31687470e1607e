import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { CollectedSeries } from "../../../../src/telemetry/metrics/collected-series.ts";
import type { MetricPoint } from "../../../../src/telemetry/metrics/point.ts";
import { lettersOf } from "./letters-of.ts";

function counted(name: string, values: readonly string[], value: number): MetricPoint {
  return { name, values, kind: "counter", value };
}

function watchers(value: number): MetricPoint {
  return { name: "enviro.watchers", values: [], kind: "gauge", value };
}

const refused = (value: number) => counted("enviro.limiter.refusals", ["read"], value);
const accepted = (value: number) => counted("enviro.votes", ["accepted"], value);

describe("collected series", () => {
  it("add up what all isolates have counted", () => {
    const collected = new CollectedSeries();
    collected.take("one", [refused(2)], 0);
    collected.take("other", [refused(3)], 0);
    expect(collected.read(0)).toEqual([refused(5)]);
  });

  it("show what votes move once ten more have come, and all of it then", () => {
    const collected = new CollectedSeries();
    const shown = (more: number) => {
      collected.take("one", [accepted(more)], 0);
      return collected.read(0);
    };
    expect(shown(9)).toEqual([accepted(0)]);
    expect(shown(4)).toEqual([accepted(13)]);
    expect(shown(9)).toEqual([accepted(13)]);
    expect(shown(1)).toEqual([accepted(23)]);
  });

  it("show a histogram that votes move as it was when it was shown last, its sum too", () => {
    const collected = new CollectedSeries();
    const lag = (values: number): MetricPoint => ({
      name: "enviro.outbox.age",
      values: [],
      kind: "histogram",
      counts: [values, ...Array.from({ length: 11 }, () => 0)],
      sum: values / 4,
    });
    collected.take("one", [lag(10)], 0);
    collected.take("one", [lag(9)], 0);
    expect(collected.read(0)).toEqual([lag(10)]);
    collected.take("one", [lag(1)], 0);
    expect(collected.read(0)).toEqual([lag(20)]);
  });

  it("put gauges together, until their isolate has been silent for long", () => {
    const collected = new CollectedSeries();
    collected.take("one", [watchers(3)], 0);
    collected.take("other", [watchers(5)], 10);
    expect(collected.read(limits.metricsGaugeMs)).toEqual([watchers(8)]);
    expect(collected.read(limits.metricsGaugeMs + 1)).toEqual([watchers(5)]);
    collected.take("other", [], 20);
    expect(collected.read(limits.metricsGaugeMs + 1)).toEqual([]);
  });

  it.each([
    ["a series that this release has not", counted("enviro.elsewhere", [], 1)],
    ["a value that its label has not", counted("enviro.limiter.refusals", ["north"], 1)],
    ["a label too many", counted("enviro.limiter.refusals", ["read", "ana"], 1)],
    ["another kind", counted("enviro.watchers", [], 1)],
    [
      "other buckets",
      { name: "enviro.commit.size", values: [], kind: "histogram" as const, counts: [1], sum: 1 },
    ],
  ])("leave out %s", (_, point) => {
    const collected = new CollectedSeries();
    collected.take("one", [point], 0);
    expect(collected.read(0)).toEqual([]);
  });

  it("are bounded in number, and count what has no room", () => {
    const collected = new CollectedSeries();
    const points = Array.from({ length: limits.metricsSeriesMax + 2 }, (_, index) => {
      const name = lettersOf(index);
      return counted("enviro.failures", [`room.${name}`], 1);
    });
    collected.take("one", points, 0);
    const read = collected.read(0);
    expect(read).toHaveLength(limits.metricsSeriesMax + 1);
    expect(read.at(-1)).toEqual(counted("enviro.telemetry.dropped", ["collector_full"], 2));
  });
});

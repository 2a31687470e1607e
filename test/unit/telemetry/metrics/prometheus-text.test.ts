import { describe, expect, it } from "vitest";
import { prometheusText } from "../../../../src/telemetry/metrics/prometheus-text.ts";

function linesOf(text: string, name: string): string[] {
  return text.split("\n").filter((line) => line.replace("# TYPE ", "").startsWith(name));
}

describe("Prometheus' text", () => {
  it("has a counter with its labels and the ending that Prometheus expects", () => {
    const values = ["accepted"];
    const text = prometheusText([{ name: "enviro.votes", values, kind: "counter", value: 12 }]);
    expect(linesOf(text, "enviro_votes").slice(0, 2)).toEqual([
      "# TYPE enviro_votes_total counter",
      'enviro_votes_total{outcome="accepted"} 12',
    ]);
  });

  it("has a histogram's buckets each with what is below them", () => {
    const counts = [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const text = prometheusText([
      { name: "enviro.commit.size", values: [], kind: "histogram", counts, sum: 3_011 },
    ]);
    const lines = linesOf(text, "enviro_commit_size");
    expect(lines.slice(0, 4)).toEqual([
      "# TYPE enviro_commit_size_ballots histogram",
      'enviro_commit_size_ballots_bucket{le="1"} 1',
      'enviro_commit_size_ballots_bucket{le="2"} 1',
      'enviro_commit_size_ballots_bucket{le="5"} 3',
    ]);
    expect(lines.slice(-3)).toEqual([
      'enviro_commit_size_ballots_bucket{le="+Inf"} 4',
      "enviro_commit_size_ballots_sum 3011",
      "enviro_commit_size_ballots_count 4",
    ]);
  });

  it("has what has counted nothing yet as 0, where its labels have lists", () => {
    const text = prometheusText([]);
    expect(linesOf(text, "enviro_dead_letters")).toEqual([
      "# TYPE enviro_dead_letters_total counter",
      'enviro_dead_letters_total{reason="unreadable"} 0',
      'enviro_dead_letters_total{reason="refused"} 0',
    ]);
    expect(linesOf(text, "enviro_watchers")).toEqual([]);
  });

  it("has votes that no shard answered as 0 before the first, beside what was counted", () => {
    const values = ["shard.unavailable"];
    const text = prometheusText([{ name: "enviro.votes", values, kind: "counter", value: 6 }]);
    expect(linesOf(text, "enviro_votes").slice(1)).toEqual([
      'enviro_votes_total{outcome="shard.unavailable"} 6',
      'enviro_votes_total{outcome="shard.overloaded"} 0',
    ]);
    expect(linesOf(prometheusText([]), "enviro_votes")).toHaveLength(3);
  });

  it("has gauges as they are", () => {
    const gauge = { name: "enviro.database.lag", values: [], kind: "gauge", value: 120 } as const;
    expect(linesOf(prometheusText([gauge]), "enviro_database_lag")).toEqual([
      "# TYPE enviro_database_lag_seconds gauge",
      "enviro_database_lag_seconds 120",
    ]);
  });
});

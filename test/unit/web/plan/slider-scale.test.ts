import { describe, expect, it } from "vitest";
import { planBounds, planDefaults } from "../../../../src/planner/plan-input.ts";
import { sliderPosition, sliderStops } from "../../../../src/web/plan/slider-scale.ts";
import {
  planFigures,
  readPlanFigure,
  readWantedPlan,
} from "../../../../src/web/plan/wanted-plan.ts";

describe.each(planFigures)("the slider of %s", (name) => {
  const stops = sliderStops(name);

  it("stops at figures that its field takes, each more than the one before", () => {
    expect(stops.length).toBeGreaterThanOrEqual(name === "continents" ? 6 : 20);
    for (const [at, stop] of stops.entries()) {
      expect(readPlanFigure(name, String(stop))).toBe(stop);
      if (at > 0) expect(stop).toBeGreaterThan(stops[at - 1] ?? 0);
    }
  });

  it("stands at each of its stops, so that a key moves it, and at its end beyond", () => {
    expect(stops.map((stop) => sliderPosition(name, stop))).toEqual([...stops.keys()]);
    expect(sliderPosition(name, planBounds[name].max)).toBe(stops.length - 1);
    expect(sliderPosition(name, planBounds[name].min)).toBe(0);
  });
});

describe("the address of a plan", () => {
  it("is the defaults where it says nothing, or what can't be", () => {
    expect(readWantedPlan(new URLSearchParams())).toEqual(planDefaults);
    const odd = "votesPerSecond=-1&hours=x&decisions=1.5&regions=1001&database=oracle&log=";
    expect(readWantedPlan(new URLSearchParams(odd))).toEqual(planDefaults);
  });

  it("says each figure and choice", () => {
    const asked =
      "votesPerSecond=2.5&hours=1&sessionsAMonth=2&decisions=3&voters=9&continents=2&regions=0&watchers=9";
    const more = "&rollCall=on&database=postgres&log=kafka";
    expect(readWantedPlan(new URLSearchParams(asked + more))).toEqual({
      votesPerSecond: 2.5,
      hours: 1,
      sessionsAMonth: 2,
      decisions: 3,
      voters: 9,
      continents: 2,
      regions: 0,
      watchers: 9,
      isRollCall: true,
      database: "postgres",
      log: "kafka",
    });
  });
});

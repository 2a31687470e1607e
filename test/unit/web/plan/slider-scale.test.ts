import { describe, expect, it } from "vitest";
import { planBounds, planDefaults } from "../../../../src/planner/plan-input.ts";
import { figureAt, sliderPosition, sliderSteps } from "../../../../src/web/plan/slider-scale.ts";
import {
  planFigures,
  readPlanFigure,
  readWantedPlan,
} from "../../../../src/web/plan/wanted-plan.ts";

describe.each(planFigures)("the slider of %s", (name) => {
  const figures = Array.from({ length: sliderSteps + 1 }, (_, at) => figureAt(name, at));

  it("gives figures that its field takes, and never goes back", () => {
    for (const figure of figures) expect(readPlanFigure(name, String(figure))).toBe(figure);
    expect(figures).toEqual(figures.toSorted((one, other) => one - other));
    expect(new Set(figures).size).toBeGreaterThan(20);
  });

  it("stands where its figure is", () => {
    for (const position of [0, 60, 140, sliderSteps]) {
      const back = sliderPosition(name, figureAt(name, position));
      expect(Math.abs(back - position)).toBeLessThanOrEqual(8);
    }
    expect(sliderPosition(name, planBounds[name].max)).toBe(sliderSteps);
  });
});

describe("the address of a plan", () => {
  it("is the defaults where it says nothing, or what can't be", () => {
    expect(readWantedPlan(new URLSearchParams())).toEqual(planDefaults);
    const odd = "votesPerSecond=-1&hours=x&decisions=1.5&regions=1001&database=oracle&log=";
    expect(readWantedPlan(new URLSearchParams(odd))).toEqual(planDefaults);
  });

  it("says each figure and choice", () => {
    const asked = "votesPerSecond=2.5&hours=1&sessionsAMonth=2&decisions=3&regions=0&watchers=9";
    const more = "&rollCall=on&database=postgres&log=kafka";
    expect(readWantedPlan(new URLSearchParams(asked + more))).toEqual({
      votesPerSecond: 2.5,
      hours: 1,
      sessionsAMonth: 2,
      decisions: 3,
      voters: null,
      regions: 0,
      watchers: 9,
      isRollCall: true,
      database: "postgres",
      log: "kafka",
    });
  });
});

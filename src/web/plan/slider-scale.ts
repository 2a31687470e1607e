import { planBounds } from "../../planner/plan-input.ts";
import { planFigures, type PlanFigure } from "./wanted-plan.ts";

/** How far each slider goes; its field takes more. */
const ranges: Readonly<Record<PlanFigure, { from: number; to: number }>> = {
  votesPerSecond: { from: 1, to: 100_000 },
  hours: { from: 0.5, to: 24 },
  sessionsAMonth: { from: 1, to: 31 },
  decisions: { from: 1, to: 1_000 },
  voters: { from: 0, to: 2_000_000 },
  continents: { from: 1, to: 6 },
  regions: { from: 0, to: 1_000 },
  watchers: { from: 0, to: 100_000 },
};

const steps = 200;

/** The figures that a slider stops at, in order: equal steps of their logarithm, in two digits. */
function stopsOf(name: PlanFigure): number[] {
  const { from, to } = ranges[name];
  const shift = from === 0 ? 1 : 0;
  const stops = Array.from({ length: steps + 1 }, (_, step) => {
    const exact = (from + shift) * ((to + shift) / (from + shift)) ** (step / steps) - shift;
    const rounded = name === "hours" ? Math.round(exact * 2) / 2 : Number(exact.toPrecision(2));
    const figure = name === "hours" ? rounded : Math.round(rounded);
    return Math.min(to, Math.max(planBounds[name].min, figure));
  });
  return [...new Set(stops)];
}

const stops = new Map(planFigures.map((name) => [name, stopsOf(name)]));

/** The figures that a slider stops at, each a step from the one before. */
export function sliderStops(name: PlanFigure): readonly number[] {
  return stops.get(name) ?? [];
}

/** The last stop that is no more than a figure. */
export function sliderPosition(name: PlanFigure, value: number): number {
  return Math.max(
    0,
    sliderStops(name).findLastIndex((stop) => stop <= value),
  );
}

import { planBounds } from "../../planner/plan-input.ts";
import type { PlanFigure } from "./wanted-plan.ts";

/** How far each slider goes; its field takes more. */
const ranges: Readonly<Record<PlanFigure, { from: number; to: number }>> = {
  votesPerSecond: { from: 1, to: 100_000 },
  hours: { from: 0.5, to: 24 },
  sessionsAMonth: { from: 1, to: 31 },
  decisions: { from: 1, to: 1_000 },
  regions: { from: 0, to: 1_000 },
  watchers: { from: 0, to: 100_000 },
};

export const sliderSteps = 200;

/** Where a figure stands on its slider: in equal steps of its logarithm. */
export function sliderPosition(name: PlanFigure, value: number): number {
  const { from, to } = ranges[name];
  const shift = from === 0 ? 1 : 0;
  const share =
    Math.log((value + shift) / (from + shift)) / Math.log((to + shift) / (from + shift));
  return Math.round(Math.min(1, Math.max(0, share)) * sliderSteps);
}

/** The figure at a position of its slider, in two digits; hours in halves. */
export function figureAt(name: PlanFigure, position: number): number {
  const { from, to } = ranges[name];
  const shift = from === 0 ? 1 : 0;
  const exact =
    (from + shift) * ((to + shift) / (from + shift)) ** (position / sliderSteps) - shift;
  const rounded = name === "hours" ? Math.round(exact * 2) / 2 : Number(exact.toPrecision(2));
  const whole = name === "hours" ? rounded : Math.round(rounded);
  return Math.min(to, Math.max(planBounds[name].min, whole));
}

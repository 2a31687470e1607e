import {
  planBounds,
  planDefaults,
  type PlanInput,
  type PlannedDatabase,
  type PlannedLog,
} from "../../planner/plan-input.ts";

/** The figures that the page has a slider for. */
export const planFigures = [
  "votesPerSecond",
  "hours",
  "sessionsAMonth",
  "decisions",
  "voters",
  "continents",
  "regions",
  "watchers",
] as const;
export type PlanFigure = (typeof planFigures)[number];

const wholeFigures: ReadonlySet<PlanFigure> = new Set([
  "sessionsAMonth",
  "decisions",
  "voters",
  "continents",
  "regions",
  "watchers",
]);

/** What the address of the page asks for; what is missing or out of bounds is the default. */
export function readWantedPlan(search: URLSearchParams): PlanInput {
  const figures = planFigures.map(
    (name) => [name, readPlanFigure(name, search.get(name) ?? "") ?? planDefaults[name]] as const,
  );
  return {
    ...planDefaults,
    // The names are those of the figures, each once.
    ...(Object.fromEntries(figures) as Record<PlanFigure, number>),
    isRollCall: search.get("rollCall") === "on",
    database: oneOfWords<PlannedDatabase>(search.get("database"), ["d1", "postgres"]),
    log: oneOfWords<PlannedLog>(search.get("log"), ["queue", "kafka"]),
  };
}

/** The figure as it was typed; null where it is none, or out of its bounds. */
export function readPlanFigure(name: PlanFigure, typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(text)) return null;
  const value = Number(text);
  if (wholeFigures.has(name) && !Number.isInteger(value)) return null;
  const { min, max } = planBounds[name];
  return value >= min && value <= max ? value : null;
}

function oneOfWords<Word extends string>(text: string | null, words: readonly Word[]): Word | null {
  return words.find((word) => word === text) ?? null;
}

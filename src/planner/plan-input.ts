import { limits } from "../shared/limits.ts";

/** Where rows of ballots are kept beside the record, and what brings them there. */
export type PlannedDatabase = "d1" | "postgres";
export type PlannedLog = "queue" | "kafka";

/** What is to be planned for. */
export interface PlanInput {
  /** Of all decisions that are voted on at one time, in the busiest minutes. */
  votesPerSecond: number;
  /** That a session lasts at that rate. */
  hours: number;
  sessionsAMonth: number;
  /** Decisions that share these votes evenly. */
  decisions: number;
  /** On the roll that is imported for each decision; 0 where there is none. */
  voters: number;
  /** Over how many the voters of a decision live, evenly. */
  continents: number;
  regions: number;
  /** Whether each ballot is published with its voter's name; figures by region are then live. */
  isRollCall: boolean;
  /** Who watches each decision live. */
  watchers: number;
  /** Null for the one that the planner recommends. */
  database: PlannedDatabase | null;
  log: PlannedLog | null;
}

/** The least and the most that each figure may be. */
export const planBounds = {
  votesPerSecond: { min: 0.01, max: limits.planVotesPerSecondMax },
  hours: { min: 0.1, max: limits.planHoursMax },
  sessionsAMonth: { min: 1, max: limits.planSessionsMax },
  decisions: { min: 1, max: limits.planDecisionsMax },
  voters: { min: 0, max: limits.planVotersMax },
  continents: { min: 1, max: limits.planContinentsMax },
  regions: { min: 0, max: limits.regionsMax },
  watchers: { min: 0, max: limits.planWatchersMax },
} as const;

/** What is planned for where nothing else is said. */
export const planDefaults = {
  votesPerSecond: 100,
  hours: 2,
  sessionsAMonth: 4,
  decisions: 1,
  voters: 0,
  continents: 1,
  regions: 27,
  isRollCall: false,
  watchers: 100,
  database: null,
  log: null,
} as const satisfies PlanInput;

import type { LoadWay, RequestPlan } from "../votes/load/load-job.ts";

/** One line of the comparison: a way to vote, of a server. */
export interface Contender {
  name: string;
  /** What its rate is compared with: the names of other contenders. */
  against: readonly string[];
  aims: Aims;
  way: LoadWay;
  /** How many requests are unanswered at a time: in the closed loop, and at most in the open one. */
  inFlight: { closed: number; open: number };
  /** More than it can answer. */
  requestsPerSecondMax: number;
  origin: () => string;
  plan: (requests: number) => RequestPlan;
  /** The processes that serve it, the database's too. */
  pids(): number[];
  /** Returns when so many more are where they belong, so that nothing is left to do beside the next. */
  settle(votes: number): Promise<void>;
  /** Ends the voting, and counts what is stored. */
  countStored(): Promise<number>;
}

/** What its rate shall be at least, as a share of another's or in votes a second. */
export type Aims = {
  of?: Readonly<Record<string, number>>;
  votesPerSecond?: number;
  p99Ms?: number;
};

export const names = {
  echo: "JSON echo of the runtime of ours",
  each: "Node + Hono + pg, an INSERT a vote",
  group: "Node + Hono + pg, group commit",
  bulk: "Node + Hono + pg, 250 votes a request",
} as const;

import type { VoteTokenPlan } from "./vote-tokens.ts";

/**
 * What a run sends. Votes are prepared before the clock starts: each with its own voter, so none
 * repeats another.
 */
export type RequestPlan =
  | { kind: "hello" }
  | { kind: "echo" }
  /** The same read again and again, of what the reader may have already. */
  | { kind: "reads"; path: string; ifNoneMatch: string | null }
  | ({ kind: "votes" } & VoteTokenPlan)
  | { kind: "batches"; decisionId: string; apiKey: string; votesEach: number; count: number };

/**
 * When it sends. A closed loop sends the next request when the last is answered, and so finds the
 * highest rate. An open loop sends on a fixed schedule, as voters do, whether or not the platform
 * keeps up.
 */
export type Pace =
  | { kind: "closed"; connections: number }
  | { kind: "open"; connections: number; perSecond: number };

/** How a request travels. */
export type LoadWay = "requests" | "voters' sockets" | "a station's socket";

export type LoadJob = {
  origin: string;
  /** Requests unless said otherwise. */
  way?: LoadWay;
  plan: RequestPlan;
  pace: Pace;
  /**
   * The first part of a run, in which connections are made and code gets hot. Its votes count, its
   * times do not.
   */
  warmUpMs: number;
  measureMs: number;
};

export type LoadResult = {
  /** When the first request was due, in ms since 1970. */
  startedAt: number;
  /** Requests answered well in the measured time, and the votes in them. */
  requests: number;
  votes: number;
  measuredSeconds: number;
  /** Every vote that was acknowledged from the first request to the last, warm-up included. */
  acknowledgedVotes: number;
  /** How many requests ended otherwise, by status or error code. */
  failures: Record<string, number>;
  firstFailure: string | null;
  /** Latencies in microseconds, encoded by hdr-histogram-js. */
  latencies: string;
  /** Share of the time that the generator's thread was busy. Near 1, it measures itself. */
  utilization: number;
};

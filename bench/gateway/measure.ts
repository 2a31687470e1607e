import { build } from "hdr-histogram-js";

/** What a phase did, and how long its requests took. */
export type GatewayRow = {
  name: string;
  requests: number;
  /** 0 where the requests carry none. */
  ballots: number;
  elapsedMs: number;
  latencies: { p50: number; p99: number };
  goal: { text: string; isMet: boolean } | null;
};

const microsecondsAMs = 1_000;

/** A phase: requests, so many at a time; `send` says how many ballots one carried. */
export interface GatewayPhase {
  name: string;
  concurrency: number;
  isEnough: (elapsedMs: number) => boolean;
  send: () => Promise<number>;
}

/** Sends the requests of a phase until it is told that it was enough. */
export async function measure({
  name,
  concurrency,
  isEnough,
  send,
}: GatewayPhase): Promise<GatewayRow> {
  const histogram = build();
  const startedAt = performance.now();
  let [requests, ballots] = [0, 0];
  const lane = async (): Promise<void> => {
    while (!isEnough(performance.now() - startedAt)) {
      const sentAt = performance.now();
      // Read and added after the wait: lanes that add across one would undo each other.
      const carried = await send();
      ballots += carried;
      requests += 1;
      histogram.recordValue(Math.round((performance.now() - sentAt) * microsecondsAMs));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const elapsedMs = performance.now() - startedAt;
  const percentile = (share: number): number =>
    histogram.getValueAtPercentile(share) / microsecondsAMs;
  return {
    name,
    requests,
    ballots,
    elapsedMs,
    latencies: { p50: percentile(50), p99: percentile(99) },
    goal: null,
  };
}

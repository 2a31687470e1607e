import type { ApiDecision } from "../contract.ts";

const openLookMs = 30_000;
const leastLookMs = 1_000;
const farLookMs = 60_000;
/** Voters of a large decision wait for its opening together: they ask within this time. */
const spreadMs = 4_000;

export type WatchedWindow = Pick<ApiDecision, "status" | "opens_at" | "closes_at">;

/**
 * How long until a ballot page asks again how far its decision is, in ms; false where nothing
 * changes any more. `now` is in ms, `random` in [0, 1).
 */
export function untilNextLookMs(
  decision: WatchedWindow | undefined,
  { now, random }: { now: number; random: number },
): number | false {
  if (decision === undefined) return false;
  const { status, opens_at: opensAt, closes_at: closesAt } = decision;
  if (status === "certified" || status === "cancelled") return false;
  const next = status === "open" ? closesAt : status === "scheduled" ? opensAt : null;
  const longest = status === "open" ? openLookMs : farLookMs;
  if (next === null) return openLookMs;
  const leftMs = Math.max(0, Date.parse(next) - now);
  return Math.min(longest, leftMs + leastLookMs + random * spreadMs);
}

import type { Decision } from "../../decision/decision.ts";
import { tokensEndAt } from "../../decision/token-lifetime.ts";
import { Problem } from "../problem.ts";

/**
 * When a ballot token of so many seconds ends, in ms, at `now`.
 * @throws {Problem} decision.closed where no token is good any more
 */
export function expiryOf(decision: Decision, now: number, seconds: number): number {
  const endAt = tokensEndAt(decision);
  if (endAt !== null && endAt <= now) throw new Problem("decision.closed");
  return Math.min(now + seconds * 1_000, endAt ?? Infinity);
}

import type { ApiDecision } from "../../contract.ts";

/** How near the end of voting is: what is begun now may not be done in time. */
export type ClosePhase = "far" | "near" | "passed";

const nearMs = 10 * 60_000;

/** How near the close of an open decision is, at `now` (ms, the server's time). */
export function closePhase(
  { status, closes_at: closesAt }: Pick<ApiDecision, "status" | "closes_at">,
  now: number,
): ClosePhase {
  if (status === "closing" || status === "closed" || status === "certified") return "passed";
  if (status !== "open" || closesAt === null) return "far";
  const ms = Date.parse(closesAt) - now;
  if (ms <= 0) return "passed";
  return ms <= nearMs ? "near" : "far";
}

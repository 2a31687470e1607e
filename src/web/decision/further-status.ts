import type { ApiDecisionStatus } from "../contract.ts";

/** As `src/decision` has them, which no page imports; a test holds them to that. */
const order: readonly ApiDecisionStatus[] = [
  "draft",
  "scheduled",
  "open",
  "closing",
  "closed",
  "cancelled",
  "certified",
];

/** Of two statuses that were told of one decision the later: a life never goes back. */
export function furtherStatus(
  one: ApiDecisionStatus,
  other: ApiDecisionStatus | undefined,
): ApiDecisionStatus {
  if (other === undefined) return one;
  return order.indexOf(other) > order.indexOf(one) ? other : one;
}

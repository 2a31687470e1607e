import type { Session } from "./session-query.ts";

/** Whether two sessions have the same rights: what was begun in the one may go on in the other. */
export function isSamePart(one: Session, other: Session): boolean {
  const partOf = ({ role, owner, decision_id }: Session) => [role, owner, decision_id].join(" ");
  return partOf(one) === partOf(other);
}

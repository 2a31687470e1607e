import type { ApiListedDecision } from "../contract.ts";
import { Trans } from "@lingui/react/macro";
import { isOver } from "../decision/decision-phase.ts";
import { Moment } from "../ui/moment.tsx";

/** The day that matters most of a decision in its status. */
export function RowDay({ decision }: { decision: ApiListedDecision }) {
  const { status, created_at: createdAt } = decision;
  const { opens_at: opensAt, closes_at: closesAt, closed_at: closedAt } = decision;
  const day = (iso: string) => <Moment iso={iso} show="day" />;
  if (status === "scheduled" && opensAt !== null) return <Trans>Opens {day(opensAt)}</Trans>;
  if (status === "open" && closesAt !== null) return <Trans>Closes {day(closesAt)}</Trans>;
  if (isOver(status) && closedAt !== null) return <Trans>Closed {day(closedAt)}</Trans>;
  if (opensAt !== null) return <Trans>Opened {day(opensAt)}</Trans>;
  return <Trans>Created {day(createdAt)}</Trans>;
}

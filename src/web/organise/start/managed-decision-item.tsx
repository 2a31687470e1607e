import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { RehearsalNote } from "../../decision/rehearsal-note.tsx";
import { Moment } from "../../ui/moment.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";
import type { ManagedDecision } from "./managed-decisions.ts";
import { waitOf, waitWords } from "./waiting-words.ts";

export type ManagedDecisionItemProps = { decision: ManagedDecision; now: number };

/** One decision: how it stands, what it waits for, and the ways on. */
export function ManagedDecisionItem({ decision, now }: ManagedDecisionItemProps) {
  const { i18n } = useLingui();
  const { role } = useSession();
  const { id, title, status, owner } = decision;
  const wait = waitOf(decision, now);
  const words = waitWords(i18n, wait);
  const address =
    role === "auditor" ? organisedDecisionAddress(id, "audit") : organisedDecisionAddress(id);
  return (
    <li className="start-row">
      <h3>
        <Link href={address}>
          <bdi>{title}</bdi>
        </Link>
      </h3>
      <p className="start-meta">
        <StatusBadge status={status} />
        <RehearsalNote decision={decision} />
        <span>
          <ManagedDecisionDay decision={decision} />
        </span>
        {role === "admin" && owner !== undefined ? (
          <span>
            {owner === null ? <Trans>The deployment’s own</Trans> : <Trans>Of {owner}</Trans>}
          </span>
        ) : null}
      </p>
      {words === "" || role === "auditor" ? null : <p className="start-next">{words}</p>}
      {wait === "roll" ? (
        <Link className="button" href={organisedDecisionAddress(id, "roll")}>
          <Trans>Upload the roll</Trans>
        </Link>
      ) : null}
    </li>
  );
}

/** The day that matters most of a decision in its status. */
function ManagedDecisionDay({ decision }: { decision: ManagedDecision }) {
  const { status, created_at: createdAt } = decision;
  const { opens_at: opensAt, closes_at: closesAt, closed_at: closedAt } = decision;
  const moment = (iso: string) => <Moment iso={iso} />;
  if (status === "scheduled" && opensAt !== null) return <Trans>Opens {moment(opensAt)}</Trans>;
  if (status === "open" && closesAt !== null) return <Trans>Closes {moment(closesAt)}</Trans>;
  if (status === "open" && opensAt !== null) return <Trans>Opened {moment(opensAt)}</Trans>;
  if (closedAt !== null) return <Trans>Closed {moment(closedAt)}</Trans>;
  return <Trans>Drafted {moment(createdAt)}</Trans>;
}

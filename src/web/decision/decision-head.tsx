import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress, listAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { DecisionDescription } from "./decision-description.tsx";
import { hasResults } from "./status.ts";
import { windowWords } from "./window-words.ts";

/** Longer titles, as resolutions have them, are set smaller. */
const longTitleCharacters = 90;

export type DecisionHeadProps = {
  decision: ApiDecision;
  /** The server's time in ms. */
  now: number;
};

/**
 * The question and where it stands. Its words may be in any script, so they find their own
 * direction.
 */
export function DecisionHead({ decision, now }: DecisionHeadProps) {
  const { i18n, t } = useLingui();
  const timeZone = useTimeZone();
  const { id, title, description, status } = decision;
  return (
    <header className="decision-head">
      <nav className="crumbs" aria-label={t`Breadcrumb`}>
        <Link href={listAddress()}>
          <Trans>All decisions</Trans>
        </Link>
        {hasResults(status) && (
          <Link className="wall-link" href={decisionAddress(id, "display")}>
            <Trans>Wall display</Trans>
          </Link>
        )}
      </nav>
      <p className="status-line">
        <StatusBadge status={status} />
        <span className="timing">{windowWords(i18n, decision, { now, timeZone })}</span>
      </p>
      <div className="question">
        <h1 className={title.length > longTitleCharacters ? "long" : undefined} dir="auto">
          {title}
        </h1>
        {description !== "" && <DecisionDescription text={description} />}
      </div>
    </header>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress, listAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import { serverTime, type ServerClock } from "../results/server-clock.ts";
import { useNow } from "../results/use-now.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { DecisionDescription } from "./decision-description.tsx";
import { hasResults } from "./decision-phase.ts";
import { useDecisionTexts } from "./decision-texts.ts";
import { RehearsalNote } from "./rehearsal-note.tsx";
import { windowWords } from "./window-words.ts";

/** Longer titles, as resolutions have them, are set smaller. */
const longTitleCharacters = 90;

export type DecisionHeadProps = {
  decision: ApiDecision;
  clock: ServerClock;
  /** When the decision was read, in ms: the time until the page runs. */
  readAt: number;
};

/**
 * The question and where it stands. Its words may be in any script, so they find their own
 * direction.
 */
export function DecisionHead({ decision, clock, readAt }: DecisionHeadProps) {
  const { t } = useLingui();
  const { id, status } = decision;
  const { title, description, language } = useDecisionTexts(decision);
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
        <RehearsalNote decision={decision} />
        <WindowTiming decision={decision} clock={clock} readAt={readAt} />
      </p>
      <div className="question">
        <h1
          className={title.length > longTitleCharacters ? "long" : undefined}
          dir="auto"
          lang={language}
        >
          {title}
        </h1>
        {description !== "" && <DecisionDescription text={description} language={language} />}
      </div>
    </header>
  );
}

/** What of its window matters now; only this is written anew with each tick. */
function WindowTiming({ decision, clock, readAt }: DecisionHeadProps) {
  const { i18n } = useLingui();
  const timeZone = useTimeZone();
  const local = useNow();
  const now = local === null ? readAt : serverTime(clock, local);
  return <span className="timing">{windowWords(i18n, decision, { now, timeZone })}</span>;
}

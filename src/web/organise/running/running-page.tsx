import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress } from "../../app/addresses.ts";
import type { ApiDecision } from "../../contract.ts";
import { ResultSection } from "../../results/result-section.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";
import "../ballots/ballots.css";
import { ClosingNotice } from "./closing-notice.tsx";
import { EndPanel } from "./end-panel.tsx";
import { OpenPanel } from "./open-panel.tsx";
import "./running.css";
import { StationsPanel } from "./stations-panel.tsx";
import { useOnceTrue } from "./use-once-true.ts";

/** Runs a decision: opens it, follows it, gives keys to stations, ends it. */
export default function RunningPage() {
  return (
    <DecisionFrame page="running">
      {(decision) => <RunningParts key={decision.id} decision={decision} />}
    </DecisionFrame>
  );
}

function RunningParts({ decision }: { decision: ApiDecision }) {
  const { role } = useSession();
  const { status } = decision;
  const mayRun = role !== "auditor";
  const isVoting = status === "open" || status === "scheduled";
  const isToEnd = isVoting || status === "draft";
  // What was typed or is shown once stays where the close comes meanwhile.
  const wasVoting = useOnceTrue(isVoting);
  return (
    <>
      <ClosingNotice decision={decision} />
      {mayRun ? null : (
        <p>
          <Trans>You may look at this decision, and not change it.</Trans>
        </p>
      )}
      {status === "draft" && mayRun ? <OpenPanel decision={decision} /> : null}
      {isVoting ? <Watch decision={decision} /> : null}
      {isToEnd || status === "cancelled" ? null : <Over decision={decision} />}
      {status === "cancelled" ? (
        <Notice title={<Trans>This vote was cancelled</Trans>}>
          <p>
            <Trans>There is no result. You can copy its terms into a new draft.</Trans>
          </p>
          <Link className="button" href={organisedDecisionAddress(decision.id)}>
            <Trans>To the terms</Trans>
          </Link>
        </Notice>
      ) : null}
      {wasVoting && mayRun ? <StationsPanel decision={decision} /> : null}
      {isToEnd && mayRun ? <EndPanel decision={decision} /> : null}
    </>
  );
}

/** The vote as everybody sees it, and where it is shown. */
function Watch({ decision }: { decision: ApiDecision }) {
  const { id, status } = decision;
  return (
    <div className="running-part">
      {status === "open" ? (
        <ResultSection decision={decision} />
      ) : (
        <p>
          <Trans>The terms are frozen. Voting begins by itself at its time.</Trans>
        </p>
      )}
      <p className="running-links">
        <a href={decisionAddress(id, "display")} target="_blank" rel="noreferrer">
          <Trans>Show it on a wall (opens a window)</Trans>
        </a>
        <Link href={decisionAddress(id)}>
          <Trans>The public page</Trans>
        </Link>
        {status === "open" || status === "scheduled" ? (
          <Link href={organisedDecisionAddress(id, "ballots")}>
            <Trans>Ballot links</Trans>
          </Link>
        ) : null}
      </p>
    </div>
  );
}

function Over({ decision: { id, status } }: { decision: ApiDecision }) {
  return (
    <Notice title={<Trans>Voting is over</Trans>}>
      <p>
        {status === "certified" ? (
          <Trans>The result is certified and published.</Trans>
        ) : (
          <Trans>
            The last ballots are counted, then the result is certified and published by itself.
          </Trans>
        )}
      </p>
      <Link className="button" href={organisedDecisionAddress(id, "records")}>
        <Trans>To the records</Trans>
      </Link>
    </Notice>
  );
}

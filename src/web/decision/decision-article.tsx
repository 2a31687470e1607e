import { Trans } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { OutcomePanel } from "../outcome/outcome-panel.tsx";
import { useOutcome } from "../outcome/use-outcome.ts";
import { ResultRegions } from "../results/result-regions.tsx";
import { ResultSection } from "../results/result-section.tsx";
import { serverTime } from "../results/server-clock.ts";
import { useLiveResults } from "../results/use-live-results.ts";
import { DecisionRule } from "../rule/decision-rule.tsx";
import { Notice } from "../ui/notice.tsx";
import { WhatIf } from "../what-if/what-if.tsx";
import { BallotInvitation } from "./ballot-invitation.tsx";
import "./decision.css";
import { DecisionFacts } from "./decision-facts.tsx";
import { DecisionHead } from "./decision-head.tsx";
import { hasResults } from "./decision-phase.ts";
import { DecisionRecords } from "./decision-records.tsx";
import { furtherStatus } from "./further-status.ts";
import { useCurrentDecision } from "./use-current-decision.ts";

export type DecisionArticleProps = {
  decision: ApiDecision;
  /** When the decision was read, in ms. */
  readAt: number;
};

/** One decision, kept live: the question, its result and outcome, the terms, the records. */
export function DecisionArticle({ decision: read, readAt }: DecisionArticleProps) {
  const { id } = read;
  const { results, clock } = useLiveResults(hasResults(read.status) ? id : null);
  // How far it is, the result tells first; of the certificate it says nothing.
  const status = furtherStatus(read.status, results?.status);
  const decision = { ...read, status };
  const isCounted = results?.shows === "counts";
  const outcome = useOutcome(id, results);
  useCurrentDecision(decision, () => serverTime(clock, Date.now()));
  return (
    <article className="decision">
      <DecisionHead decision={decision} clock={clock} readAt={readAt} />
      <div className="decision-result">
        {hasResults(status) ? (
          <ResultSection decision={decision} />
        ) : (
          <NoResult isCancelled={status === "cancelled"} />
        )}
        {outcome !== undefined && isCounted && (
          <OutcomePanel
            outcome={outcome}
            regions={decision.regions}
            isCertified={status === "certified"}
          />
        )}
      </div>
      <div className="side">
        <BallotInvitation decision={decision} />
        <div className="terms">
          <DecisionFacts decision={decision} />
          <DecisionRecords decision={decision} isCounted={isCounted} />
        </div>
      </div>
      <div className="decision-rule">
        <DecisionRule id={id} />
        <WhatIf decision={decision} outcome={isCounted ? outcome : undefined} />
      </div>
      {hasResults(status) && (
        <div className="decision-regions">
          <ResultRegions decision={decision} />
        </div>
      )}
    </article>
  );
}

function NoResult({ isCancelled }: { isCancelled: boolean }) {
  return isCancelled ? (
    <Notice title={<Trans>Cancelled</Trans>}>
      <p>
        <Trans>The organiser ended this decision without a result.</Trans>
      </p>
    </Notice>
  ) : (
    <Notice title={<Trans>No result yet</Trans>}>
      <p>
        <Trans>The result appears here, live, as soon as voting opens.</Trans>
      </p>
    </Notice>
  );
}

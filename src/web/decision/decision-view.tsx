import { Trans } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { OutcomePanel } from "../outcome/outcome-panel.tsx";
import { useOutcome } from "../outcome/use-outcome.ts";
import { Notice } from "../ui/notice.tsx";
import { BallotInvitation } from "./ballot-invitation.tsx";
import "./decision.css";
import { DecisionFacts } from "./decision-facts.tsx";
import { DecisionHead } from "./decision-head.tsx";
import { DecisionRecords } from "./decision-records.tsx";
import { hasResults } from "./status.ts";
import { useCurrentDecision } from "./use-current-decision.ts";

export type DecisionViewProps = {
  decision: ApiDecision;
  /** When the decision was read, in ms. */
  readAt: number;
};

/** One decision, kept live: the question, its result and outcome, the terms, the records. */
export function DecisionView({ decision, readAt }: DecisionViewProps) {
  const { status } = decision;
  useCurrentDecision(decision, Date.now);
  const outcome = useOutcome(decision.id, undefined);
  return (
    <article className="decision">
      <DecisionHead decision={decision} now={readAt} />
      <div className="decision-result">
        {!hasResults(status) && <NoResult isCancelled={status === "cancelled"} />}
        {outcome !== undefined && (
          <OutcomePanel outcome={outcome} isCertified={status === "certified"} />
        )}
      </div>
      <div className="side">
        <BallotInvitation decision={decision} />
        <div className="terms">
          <DecisionFacts decision={decision} />
          <DecisionRecords decision={decision} isCounted={outcome !== undefined} />
        </div>
      </div>
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

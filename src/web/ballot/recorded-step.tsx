import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import { attemptWords } from "./attempt-words.ts";
import type { KeptBallot } from "./kept-ballots.ts";
import { OwnVoteCheck } from "./own-vote-check.tsx";
import type { OwnVoteAnswer } from "./own-vote.ts";
import { ReceiptCard } from "./receipt-card.tsx";
import { StepFrame } from "./step-frame.tsx";

export type RecordedStepProps = {
  decision: ApiDecision;
  ballot: KeptBallot;
  /** Whether it was answered just now. */
  isNew: boolean;
  onAsk: () => Promise<OwnVoteAnswer>;
  onChange: () => void;
  onWithdraw: () => void;
  onForget: () => void;
};

/** The vote is recorded: its receipt, and what can still be done. */
export function RecordedStep(props: RecordedStepProps) {
  const { decision, ballot, isNew, onAsk, onChange, onWithdraw, onForget } = props;
  const { i18n } = useLingui();
  const { title } = useDecisionTexts(decision);
  const words = attemptWords(i18n, ballot.choice);
  const isWithdrawn = ballot.choice === "withdrawn";
  const isRevisable = decision.revote_policy === "revisable" && decision.status === "open";
  return (
    <StepFrame title={isNew ? words.recorded : words.found}>
      {isWithdrawn ? (
        <p>
          <Trans>Nothing of yours is counted until you vote again.</Trans>
        </p>
      ) : null}
      <ReceiptCard ballot={ballot} title={title} />
      {isWithdrawn ? null : <OwnVoteCheck onAsk={onAsk} />}
      {isRevisable ? (
        <div className="actions">
          <button type="button" className="button" onClick={onChange}>
            {words.again}
          </button>
          {isWithdrawn ? null : (
            <button type="button" className="button" onClick={onWithdraw}>
              <Trans>Take my vote back</Trans>
            </button>
          )}
        </div>
      ) : null}
      <button type="button" className="link" onClick={onForget}>
        <Trans>Remove my vote and receipt from this browser</Trans>
      </button>
    </StepFrame>
  );
}

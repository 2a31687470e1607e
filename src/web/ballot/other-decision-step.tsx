import { Trans } from "@lingui/react/macro";
import { useLocation } from "wouter";
import { ballotAddress, type BallotToken } from "./ballot-token.ts";
import { StepFrame } from "./step-frame.tsx";

export type OtherDecisionStepProps = { token: BallotToken; onOtherToken?: () => void };

/** For a token that belongs to another decision: offers to go there. */
export function OtherDecisionStep({ token, onOtherToken }: OtherDecisionStepProps) {
  const [, navigate] = useLocation();
  return (
    <StepFrame title={<Trans>This ballot token is for another decision</Trans>}>
      <p>
        <Trans>
          It was made for <code>{token.claims.decisionId}</code> and can’t be used here.
        </Trans>
      </p>
      <div className="actions">
        <button
          type="button"
          className="button strong"
          onClick={() => navigate(ballotAddress(token))}
        >
          <Trans>Go to that decision</Trans>
        </button>
        {onOtherToken === undefined ? null : (
          <button type="button" className="button" onClick={onOtherToken}>
            <Trans>Enter another token</Trans>
          </button>
        )}
      </div>
    </StepFrame>
  );
}

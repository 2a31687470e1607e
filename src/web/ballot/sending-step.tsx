import { Trans, useLingui } from "@lingui/react/macro";
import { attemptWords } from "./attempt-words.ts";
import type { VoteAttempt } from "./send-vote.ts";
import { StepFrame } from "./step-frame.tsx";

export type SendingStepProps = {
  choice: VoteAttempt["choice"];
  /** Which try, from 1. */
  sending: number;
};

/** While a vote is under way. */
export function SendingStep({ choice, sending }: SendingStepProps) {
  const { i18n } = useLingui();
  return (
    <StepFrame title={attemptWords(i18n, choice).sending}>
      {sending > 1 ? (
        <p className="busy">
          <Trans>No clear answer yet. Sending it again (try {sending})…</Trans>
        </p>
      ) : null}
      <p className="quiet-line">
        <Trans>However often it is sent, it is counted once.</Trans>
      </p>
    </StepFrame>
  );
}

import { Trans } from "@lingui/react/macro";
import { StepFrame } from "./step-frame.tsx";

export type WithdrawalStepProps = { title: string; onConfirm: () => void; onBack: () => void };

/** Asks once more before a vote is taken back. */
export function WithdrawalStep({ title, onConfirm, onBack }: WithdrawalStepProps) {
  const shown = <bdi>{title}</bdi>;
  return (
    <StepFrame title={<Trans>Take your vote back?</Trans>}>
      <p>
        <Trans>On “{shown}”.</Trans>
      </p>
      <p className="quiet-line">
        <Trans>
          Nothing of yours is counted from then on. You can vote again until voting closes.
        </Trans>
      </p>
      <div className="actions">
        <button type="button" className="button strong" onClick={onConfirm}>
          <Trans>Take my vote back</Trans>
        </button>
        <button type="button" className="button" onClick={onBack}>
          <Trans>Keep it</Trans>
        </button>
      </div>
    </StepFrame>
  );
}

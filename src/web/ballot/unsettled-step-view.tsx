import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { attemptWords } from "./attempt-words.ts";
import type { UnsettledStep } from "./ballot-step.ts";
import { StepFrame } from "./step-frame.tsx";

export type UnsettledStepProps = {
  step: UnsettledStep;
  isStored: boolean;
  onResend: () => void;
  onReconsider: () => void;
};

/** No clear answer came, or only that the server is busy, or there is no connection. */
export function UnsettledStepView({ step, isStored, onResend, onReconsider }: UnsettledStepProps) {
  const { title, text } = useWords(step);
  return (
    <StepFrame title={title}>
      <p>{text}</p>
      {step.answer === "unreadable" ? null : (
        <p className="quiet-line">
          {isStored ? (
            <Trans>
              This browser keeps it, and sends it by itself as soon as it can, as long as this page
              is open. Whoever closes the page opens the ballot link again. It is counted once.
            </Trans>
          ) : (
            <Trans>
              Keep this page open: it sends the vote by itself as soon as it can. It is counted
              once. This browser stores nothing, and a reload would lose it.
            </Trans>
          )}
        </p>
      )}
      <div className="actions">
        {step.answer === "unreadable" ? (
          <button type="button" className="button strong" onClick={() => location.reload()}>
            <Trans>Load the page again</Trans>
          </button>
        ) : (
          <button type="button" className="button strong" onClick={onResend}>
            <Trans>Send it again</Trans>
          </button>
        )}
        {step.isUnsent ? (
          <button type="button" className="button" onClick={onReconsider}>
            <Trans>Back to my ballot</Trans>
          </button>
        ) : null}
      </div>
    </StepFrame>
  );
}

function useWords({ answer, choice, isUnsent }: UnsettledStep): {
  title: ReactNode;
  text: ReactNode;
} {
  const { i18n } = useLingui();
  const words = attemptWords(i18n, choice);
  if (answer === "busy") {
    return {
      title: words.busy,
      text: (
        <Trans>Too many people are voting at this moment. It is tried again in a moment.</Trans>
      ),
    };
  }
  if (answer === "unreadable") {
    return {
      title: words.unknown,
      text: (
        <Trans>
          The server answered in a form that this page does not know: it may be of a newer release.
          Load the page again; the same vote is sent once more, and counted once.
        </Trans>
      ),
    };
  }
  if (answer === "unsent" && isUnsent) {
    return {
      title: words.waiting,
      text: <Trans>There is no connection to the network, and nothing has been sent.</Trans>,
    };
  }
  return {
    title: words.unknown,
    text: (
      <Trans>
        No clear answer came. It is safe to send it again: if it did arrive, you get its receipt,
        and it is counted once.
      </Trans>
    ),
  };
}

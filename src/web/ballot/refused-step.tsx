import { Trans } from "@lingui/react/macro";
import type { Explanation } from "./explain-refusal.ts";
import { StepFrame } from "./step-frame.tsx";

export type RefusedStepProps = {
  explanation: Explanation;
  onToken: () => void;
  onChoice: () => void;
};

/** The vote was refused: why, and what to do next. */
export function RefusedStep({ explanation, onToken, onChoice }: RefusedStepProps) {
  const { title, text, next } = explanation;
  return (
    <StepFrame title={title}>
      <p>{text}</p>
      {next === "token" ? (
        <button type="button" className="button strong" onClick={onToken}>
          <Trans>Enter another token</Trans>
        </button>
      ) : null}
      {next === "choice" ? (
        <button type="button" className="button strong" onClick={onChoice}>
          <Trans>Back to my ballot</Trans>
        </button>
      ) : null}
    </StepFrame>
  );
}

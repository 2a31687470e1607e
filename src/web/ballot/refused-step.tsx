import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress } from "../app/addresses.ts";
import type { Explanation } from "./explain-refusal.ts";
import { StepFrame } from "./step-frame.tsx";

export type RefusedStepProps = {
  explanation: Explanation;
  decisionId: string;
  onToken: () => void;
  onChoice: () => void;
};

/** The vote was refused: why, and what to do next. */
export function RefusedStep({ explanation, decisionId, onToken, onChoice }: RefusedStepProps) {
  const { title, text, next } = explanation;
  return (
    <StepFrame title={title}>
      <p>{text}</p>
      {next === "token" ? (
        <button type="button" className="button strong" onClick={onToken}>
          <Trans>Enter another token</Trans>
        </button>
      ) : null}
      {next === "none" ? (
        <Link className="button" href={decisionAddress(decisionId)}>
          <Trans>See the decision</Trans>
        </Link>
      ) : null}
      {next === "choice" ? (
        <button type="button" className="button strong" onClick={onChoice}>
          <Trans>Back to my ballot</Trans>
        </button>
      ) : null}
    </StepFrame>
  );
}

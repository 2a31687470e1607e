import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import type { AnswerSteps } from "./answer-steps.ts";
import type { TokenProblem } from "./ballot-step.ts";
import type { BallotToken } from "./ballot-token.ts";
import type { KeptBallot } from "./kept-ballots.ts";
import { StepFrame } from "./step-frame.tsx";
import { TokenForm } from "./token-form.tsx";

export type TokenStepProps = {
  problem: TokenProblem | null;
  /** Of the decision. */
  title: string;
  /** What this browser keeps of this decision: a list for each voter, the newest ballot last. */
  voters: readonly (readonly KeptBallot[])[];
  /** Show receipts, once they are loaded. */
  answers: AnswerSteps | null;
  onToken: (token: BallotToken) => void;
  onForget: () => void;
};

const problemWords: Record<TokenProblem, MessageDescriptor> = {
  insecure: msg`Open this page by https: over http a browser checks no receipt.`,
  expired: msg`This ballot token has expired. Ask the organiser for a new one.`,
  cut: msg`The link that led here is not whole; mail programs cut long ones. Copy it again from its first to its last character and paste it below, or ask the organiser for a new one.`,
  unfinished: msg`A vote from this browser has no answer yet. Open your ballot link again: the same vote is sent once more, and counted once.`,
};

/** Asks for the ballot token, and shows what is known without one. */
export function TokenStep({ problem, title, voters, answers, onToken, onForget }: TokenStepProps) {
  const { i18n } = useLingui();
  const newest = voters.map((own) => own.at(-1)).filter((ballot) => ballot !== undefined);
  return (
    <StepFrame
      title={newest.length > 0 ? <Trans>You have voted</Trans> : <Trans>Cast your vote</Trans>}
    >
      {problem === null ? null : (
        <p className="warning" role="alert">
          {i18n._(problemWords[problem])}
        </p>
      )}
      {answers === null
        ? null
        : newest.map((ballot) => (
            <answers.ReceiptCard key={ballot.nonce} ballot={ballot} title={title} />
          ))}
      {newest.length > 0 ? (
        <>
          <button type="button" className="link" onClick={onForget}>
            <Trans>Remove my vote and receipt from this browser</Trans>
          </button>
          <h3>
            <Trans>To change it, or to vote with another token</Trans>
          </h3>
        </>
      ) : null}
      <TokenForm onToken={onToken} />
    </StepFrame>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import type { TokenProblem } from "./ballot-step.ts";
import { readBallotToken, type BallotToken } from "./ballot-token.ts";
import { StepFrame } from "./step-frame.tsx";

export type TokenStepProps = {
  problem: TokenProblem | null;
  onToken: (token: BallotToken) => void;
};

/**
 * Asks for the ballot token. The field is a text field drawn with dots: a password field would make
 * the browser offer to store it.
 */
export function TokenStep({ problem, onToken }: TokenStepProps) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [complaint, setComplaint] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const pasted = input.current?.value ?? "";
    const token = readBallotToken(pasted);
    if (token !== null) return onToken(token);
    setComplaint(
      pasted.trim() === ""
        ? t`Paste your ballot token first.`
        : t`This is not a whole ballot token. Copy it again from its first to its last character.`,
    );
    input.current?.focus();
  };
  return (
    <StepFrame title={<Trans>Cast your vote</Trans>}>
      {problem === null ? null : (
        <div className="warning" role="alert">
          <TokenProblemWords problem={problem} />
        </div>
      )}
      <form className="step" noValidate onSubmit={submit}>
        <label htmlFor="ballot-token">
          <Trans>Your ballot token</Trans>
        </label>
        <p className="quiet-line">
          <Trans>The organiser sent it to you. Paste the token or the whole link.</Trans>
        </p>
        <input
          id="ballot-token"
          ref={input}
          type="text"
          className="secret"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby="ballot-token-problem"
          aria-invalid={complaint !== ""}
          dir="ltr"
        />
        <p id="ballot-token-problem" className="complaint" role="alert">
          {complaint}
        </p>
        <button type="submit" className="button strong">
          <Trans>Continue</Trans>
        </button>
      </form>
    </StepFrame>
  );
}

function TokenProblemWords({ problem }: { problem: TokenProblem }): ReactNode {
  if (problem === "insecure") {
    return <Trans>Open this page by https: over http a browser checks no receipt.</Trans>;
  }
  if (problem === "expired") {
    return <Trans>This ballot token has expired. Ask the organiser for a new one.</Trans>;
  }
  if (problem === "cut") {
    return (
      <Trans>
        The link that led here is not whole; mail programs cut long ones. Copy it again from its
        first to its last character and paste it below, or ask the organiser for a new one.
      </Trans>
    );
  }
  return (
    <Trans>
      A vote from this browser has no answer yet. Open your ballot link again: the same vote is sent
      once more, and counted once.
    </Trans>
  );
}

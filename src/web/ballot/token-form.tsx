import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type FormEvent } from "react";
import { readBallotToken, type BallotToken } from "./ballot-token.ts";

export type TokenFormProps = { onToken: (token: BallotToken) => void };

/**
 * Takes a ballot token. The field is a text field drawn with dots: a password field would make the
 * browser offer to store it.
 */
export function TokenForm({ onToken }: TokenFormProps) {
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
  );
}

import { Trans } from "@lingui/react/macro";

export type ProofFieldProps = {
  pasted: string;
  complaint: string;
  onPaste: (pasted: string) => void;
};

/** Takes the proof of a ballot that was cast elsewhere. */
export function ProofField({ pasted, complaint, onPaste }: ProofFieldProps) {
  return (
    <details className="elsewhere">
      <summary>
        <Trans>I have voted before, in another browser</Trans>
      </summary>
      <label htmlFor="ballot-proof">
        <Trans>Your newest receipt, or its proof</Trans>
      </label>
      <textarea
        id="ballot-proof"
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby="ballot-proof-problem"
        aria-invalid={complaint !== ""}
        dir="ltr"
        value={pasted}
        onChange={(event) => onPaste(event.currentTarget.value)}
      />
      <p id="ballot-proof-problem" className="complaint" role="alert">
        {complaint}
      </p>
    </details>
  );
}

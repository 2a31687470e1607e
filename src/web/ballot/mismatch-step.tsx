import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReceiptMismatch } from "../../client/client-errors.ts";
import { DownloadButton } from "./download-button.tsx";
import type { KeptBallot } from "./kept-ballots.ts";
import { StepFrame } from "./step-frame.tsx";

export type MismatchStepProps = {
  mismatch: ReceiptMismatch;
  ballot: KeptBallot;
  /** Of the decision. */
  title: string;
  onResend: () => void;
};

const mismatchWords: Record<ReceiptMismatch, MessageDescriptor> = {
  decision: msg`It is of another decision.`,
  choice: msg`What was recorded is not this choice.`,
  cell: msg`The recorded region or weight is another than your token’s.`,
  key: msg`The key that signed it is not published.`,
  signature: msg`Its signature is not of the published key.`,
};

/** There is an answer, and it is not of the vote that was sent. */
export function MismatchStep({ mismatch, ballot, title, onResend }: MismatchStepProps) {
  const { i18n } = useLingui();
  return (
    <StepFrame title={<Trans>The receipt does not fit your vote</Trans>}>
      <p>{i18n._(mismatchWords[mismatch])}</p>
      <p>
        <Trans>
          Do not take your vote for recorded. Download what was answered, and show it to the
          organiser and to somebody whom you trust; it holds your choice too.
        </Trans>
      </p>
      <div className="actions">
        <DownloadButton ballot={ballot} title={title} />
        <button type="button" className="button" onClick={onResend}>
          <Trans>Send it again</Trans>
        </button>
      </div>
    </StepFrame>
  );
}

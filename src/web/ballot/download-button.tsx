import { Trans } from "@lingui/react/macro";
import type { KeptBallot } from "./kept-ballots.ts";
import { receiptFileName, receiptText } from "./receipt-text.ts";

export type DownloadButtonProps = {
  ballot: KeptBallot;
  /** Of the decision. */
  title: string;
};

/** Saves a receipt as a file. */
export function DownloadButton({ ballot, title }: DownloadButtonProps) {
  const save = (): void => {
    const parts = [receiptText(ballot, title)];
    const address = URL.createObjectURL(new Blob(parts, { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = receiptFileName(ballot.receipt);
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <button type="button" className="button quiet" onClick={save}>
      <Trans>Download</Trans>
    </button>
  );
}

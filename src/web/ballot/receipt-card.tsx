import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { formatHash } from "../i18n/format.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { DownloadButton } from "./download-button.tsx";
import type { KeptBallot } from "./kept-ballots.ts";
import { receiptText } from "./receipt-text.ts";

const ReceiptQr = lazy(() => import("./receipt-qr.tsx"));

export type ReceiptCardProps = {
  ballot: KeptBallot;
  /** Of the decision. */
  title: string;
};

/** A receipt to keep, with ways to keep it. */
export function ReceiptCard({ ballot, title }: ReceiptCardProps) {
  const { receipt } = ballot;
  return (
    <div className="receipt">
      <h3>
        <Trans>Receipt</Trans>
      </h3>
      <p className="quiet-line">
        <Trans>
          Keep it: once the result is certified, the published list has its hash. The download and
          the copy hold your choice and your proof too.
        </Trans>
      </p>
      <div className="actions">
        <DownloadButton ballot={ballot} title={title} />
        <CopyButton text={receiptText(ballot, title)}>
          <Trans>Copy</Trans>
        </CopyButton>
      </div>
      <dl>
        <ShownValue
          name={<Trans>Ballot hash, recomputed here from your choice</Trans>}
          value={formatHash(receipt.ballot_hash)}
        />
      </dl>
      <details>
        <summary>
          <SignatureName ballot={ballot} />
        </summary>
        <code className="hash">{receipt.signature}</code>
      </details>
      <ReceiptSecrets ballot={ballot} />
    </div>
  );
}

function SignatureName({ ballot: { receipt, publicKey } }: Pick<ReceiptCardProps, "ballot">) {
  const key = receipt.key_id;
  return publicKey === null ? (
    <Trans>Signature of key {key}, not checked in this browser</Trans>
  ) : (
    <Trans>Signature of key {key}, verified</Trans>
  );
}

/** What only the voter should see, folded away. */
function ReceiptSecrets({ ballot }: Pick<ReceiptCardProps, "ballot">) {
  const [isQrShown, setIsQrShown] = useState(false);
  const { receipt } = ballot;
  return (
    <details>
      <summary>
        <Trans>Your proof: keep it to yourself</Trans>
      </summary>
      <p className="quiet-line">
        <Trans>
          Whoever sees the proof can follow your vote and change it. The other number opens the
          region and weight of the ballot.
        </Trans>
      </p>
      <dl>
        <ShownValue name={<Trans>Your proof (r)</Trans>} value={formatHash(receipt.r)} />
        <ShownValue name={<Trans>Region and weight (u)</Trans>} value={formatHash(receipt.u)} />
      </dl>
      {isQrShown ? (
        <Suspense fallback={<div className="qr" />}>
          <ReceiptQr ballot={ballot} />
        </Suspense>
      ) : (
        <button type="button" className="button quiet" onClick={() => setIsQrShown(true)}>
          <Trans>Show the receipt as a QR code</Trans>
        </button>
      )}
    </details>
  );
}

function ShownValue({ name, value }: { name: ReactNode; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code className="hash">{value}</code>
      </dd>
    </>
  );
}

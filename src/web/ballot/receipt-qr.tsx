import { Trans, useLingui } from "@lingui/react/macro";
import { QrCode } from "../ui/qr-code.tsx";
import type { KeptBallot } from "./kept-ballots.ts";
import { receiptLink } from "./receipt-link.ts";

/** The whole receipt for a camera, which opens the page that checks it. */
export default function ReceiptQr({ ballot }: { ballot: KeptBallot }) {
  const { t } = useLingui();
  return (
    <figure className="qr">
      <QrCode
        text={receiptLink(ballot, location.origin)}
        label={t`QR code of your whole receipt`}
        correction="L"
      />
      <figcaption className="quiet-line">
        <Trans>
          It opens the check of your receipt, and holds your choice and your proof. Scan it with a
          device of your own.
        </Trans>
      </figcaption>
    </figure>
  );
}

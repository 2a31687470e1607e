import { Trans, useLingui } from "@lingui/react/macro";
import { QrCode } from "../ui/qr-code.tsx";
import type { KeptBallot } from "./kept-ballots.ts";
import { shortReceiptText } from "./receipt-text.ts";

/** The whole receipt for a camera. */
export default function ReceiptQr({ ballot }: { ballot: KeptBallot }) {
  const { t } = useLingui();
  return (
    <figure className="qr">
      <QrCode
        text={shortReceiptText(ballot)}
        label={t`QR code of your whole receipt`}
        correction="L"
      />
      <figcaption className="quiet-line">
        <Trans>It holds your choice and your proof. Scan it with a device of your own.</Trans>
      </figcaption>
    </figure>
  );
}

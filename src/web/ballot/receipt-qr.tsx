import { Trans, useLingui } from "@lingui/react/macro";
import { encode } from "uqr";
import type { KeptBallot } from "./kept-ballots.ts";
import { shortReceiptText } from "./receipt-text.ts";

/** Modules of quiet around the code (ISO/IEC 18004). */
const quietModules = 4;

/** The whole receipt for a camera: black on white in either theme, as readers expect it. */
export default function ReceiptQr({ ballot }: { ballot: KeptBallot }) {
  const { t } = useLingui();
  const { size, data } = encode(shortReceiptText(ballot), { ecc: "L", border: quietModules });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <figure className="qr">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t`QR code of your whole receipt`}
        shapeRendering="crispEdges"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <figcaption className="quiet-line">
        <Trans>It holds your choice and your proof. Scan it with a device of your own.</Trans>
      </figcaption>
    </figure>
  );
}

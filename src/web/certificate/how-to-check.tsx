import { Trans, useLingui } from "@lingui/react/macro";
import { decisionResource } from "../api/queries.ts";
import { verifyAddress } from "../app/addresses.ts";
import { useOrigin } from "../app/origin-context.ts";
import { QrCode } from "../ui/qr-code.tsx";

/** How anyone checks the certificate, with and without this site. */
export function HowToCheck({ decisionId }: { decisionId: string }) {
  const { t } = useLingui();
  const origin = useOrigin();
  const verify = `${origin}${verifyAddress(decisionId)}`;
  const signed = `${origin}${decisionResource(decisionId, "/outcome")}`;
  return (
    <section className="certificate-check" aria-labelledby="check-title">
      <div>
        <h2 id="check-title">
          <Trans>How to check it</Trans>
        </h2>
        <ol>
          <li>
            <Trans>
              Scan the code, or open <a href={verify}>{verify}</a>. Your own browser reads the
              published votes, counts them again and checks the signature.
            </Trans>
          </li>
          <li>
            <Trans>
              Or run{" "}
              <code>
                npx enviro verify --on {origin} {decisionId}
              </code>
              , which needs no key.
            </Trans>
          </li>
          <li>
            <Trans>
              What is signed is <a href={signed}>{signed}</a>. The key above has to be the one that
              the organiser has made known.
            </Trans>
          </li>
        </ol>
      </div>
      <QrCode text={verify} label={t`QR code of the address where it is checked`} />
    </section>
  );
}

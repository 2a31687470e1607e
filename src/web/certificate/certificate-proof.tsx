import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ApiOutcome } from "../contract.ts";
import { formatHash, formatInteger } from "../i18n/format.ts";

export type CertificateProofProps = { outcome: ApiOutcome; publicKey: string | null };

/** The hashes and the signature that tie this result to the published votes. */
export function CertificateProof({ outcome, publicKey }: CertificateProofProps) {
  const { i18n } = useLingui();
  const { decision_id: id, manifest_hash: manifest, publication, signature } = outcome;
  const counted = formatInteger(i18n, publication?.counted.size ?? 0);
  const others = formatInteger(i18n, publication?.others.size ?? 0);
  return (
    <section aria-labelledby="proof-title">
      <h2 id="proof-title">
        <Trans>Signed</Trans>
      </h2>
      <dl className="certificate-proof">
        <Proof name={<Trans>Decision</Trans>} value={id} />
        <Proof name={<Trans>Terms (SHA-256 of the manifest)</Trans>} value={formatHash(manifest)} />
        {publication === undefined ? null : (
          <>
            <Proof
              name={<Trans>Root of the {counted} counted ballots</Trans>}
              value={formatHash(publication.counted.root)}
            />
            {publication.others.size === 0 ? null : (
              <Proof
                name={<Trans>Root of the {others} ballots that do not count</Trans>}
                value={formatHash(publication.others.root)}
              />
            )}
          </>
        )}
        {signature === undefined ? null : (
          <>
            <Proof
              name={<Trans>Key “{signature.key_id}” (Ed25519)</Trans>}
              value={publicKey ?? "–"}
            />
            <Proof name={<Trans>Signature</Trans>} value={signature.signature} />
          </>
        )}
      </dl>
    </section>
  );
}

function Proof({ name, value }: { name: ReactNode; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}

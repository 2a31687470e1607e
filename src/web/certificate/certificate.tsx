import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision, ApiOutcome } from "../contract.ts";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { verdictText } from "../outcome/verdict-words.ts";
import { CertificateCounts } from "./certificate-counts.tsx";
import { CertificateProof } from "./certificate-proof.tsx";
import { CertificateRegions } from "./certificate-regions.tsx";
import { CertificateRule } from "./certificate-rule.tsx";
import { HowToCheck } from "./how-to-check.tsx";
import { PrintButton } from "./print-button.tsx";
import { UtcMoment } from "./utc-moment.tsx";

export type CertificateProps = {
  decision: ApiDecision;
  outcome: ApiOutcome;
  /** The key that signed it, in base64url; null where it is not published any more. */
  publicKey: string | null;
};

/** A result on one or two pages, with what anyone needs to check it. */
export function Certificate({ decision, outcome, publicKey }: CertificateProps) {
  const { i18n } = useLingui();
  const { title, language } = useDecisionTexts(decision);
  const { closed_at: closedAt, certified_at: certifiedAt } = decision;
  return (
    <article className="certificate">
      <header className="certificate-head">
        <p className="certificate-kind">
          <Trans>Result certificate</Trans>
        </p>
        <RehearsalNote decision={decision} />
        <h1 dir="auto" lang={language}>
          {title}
        </h1>
        <p className="certificate-dates">
          {closedAt === null ? null : (
            <span>
              <Trans>
                Voting closed <UtcMoment iso={closedAt} />
              </Trans>
            </span>
          )}
          {certifiedAt === null ? null : (
            <span>
              <Trans>
                Certified <UtcMoment iso={certifiedAt} />
              </Trans>
            </span>
          )}
        </p>
      </header>
      <p className="certificate-verdict">{verdictText(i18n, outcome, outcome.outcome)}</p>
      <CertificateCounts decision={decision} outcome={outcome} />
      <CertificateRule outcome={outcome} />
      <CertificateRegions decision={decision} outcome={outcome} />
      <CertificateProof outcome={outcome} publicKey={publicKey} />
      <HowToCheck decisionId={decision.id} />
      <PrintButton />
    </article>
  );
}

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { VerificationReport } from "../../verification/verification-report.ts";
import { findingWords, placeWords } from "./finding-words.ts";

/** Everything that is not as it must be, with what was expected and what is there. */
export function VerificationFindings({ findings, findingCounts }: VerificationReport) {
  const { i18n } = useLingui();
  if (findings.length === 0) return null;
  const all = Object.values(findingCounts).reduce((sum, count) => sum + count, 0);
  const hidden = all - findings.length;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">
        <Trans>What is wrong</Trans>
      </h2>
      <ol className="findings">
        {findings.map((finding, index) => (
          // Findings have no name of their own, and their order never changes.
          <li key={index}>
            <p className="finding-title">
              {findingWords(i18n, finding.code)} <span>{placeWords(i18n, finding)}</span>
            </p>
            {finding.hash === undefined ? null : (
              <p>
                <code>{finding.hash}</code>
              </p>
            )}
            <dl>
              <dt>
                <Trans>Expected</Trans>
              </dt>
              <dd>
                <code>{finding.expected}</code>
              </dd>
              <dt>
                <Trans>Found</Trans>
              </dt>
              <dd>
                <code>{finding.actual}</code>
              </dd>
            </dl>
            <p className="quiet-line">
              <code>{finding.code}</code>
            </p>
          </li>
        ))}
      </ol>
      {hidden === 0 ? null : (
        <p>
          <Plural
            value={hidden}
            one="And # more of the same kinds."
            other="And # more of the same kinds."
          />
        </p>
      )}
    </section>
  );
}

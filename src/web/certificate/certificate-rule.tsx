import { Trans } from "@lingui/react/macro";
import type { ApiOutcome } from "../contract.ts";
import { DecisionRule } from "../rule/decision-rule.tsx";

/** The rule that was agreed on before voting began, and what it says of the votes. */
export function CertificateRule({ outcome }: { outcome: ApiOutcome }) {
  return (
    <>
      <DecisionRule id={outcome.decision_id} />
      <section aria-labelledby="findings-title">
        <h2 id="findings-title">
          <Trans>By this rule</Trans>
        </h2>
        <ul className="certificate-requirements">
          {outcome.requirements.map(({ id, met, sentence }) => (
            <li key={id}>
              <b>{met ? <Trans>Met</Trans> : <Trans>Not met</Trans>}</b>{" "}
              <span dir="auto">{sentence}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

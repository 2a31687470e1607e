import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { ApiOutcome } from "../contract.ts";
import { RequirementReasons } from "../outcome/requirement-reasons.tsx";
import { DecisionRule } from "../rule/decision-rule.tsx";

/** The rule that was agreed on before voting began, and what it says of the votes. */
export function CertificateRule({ outcome }: { outcome: ApiOutcome }) {
  const { data: rule } = useQuery(ruleQuery(useReadApi(), outcome.decision_id));
  return (
    <>
      <DecisionRule id={outcome.decision_id} />
      <section aria-labelledby="findings-title">
        <h2 id="findings-title">
          <Trans>By this rule</Trans>
        </h2>
        <ul className="certificate-requirements">
          {outcome.requirements.map((requirement) => (
            <li key={requirement.id}>
              <b>{requirement.met ? <Trans>Met</Trans> : <Trans>Not met</Trans>}</b>{" "}
              <RequirementReasons requirement={requirement} rule={rule} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

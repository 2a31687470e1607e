import { Trans, useLingui } from "@lingui/react/macro";
import type { RuleDescription } from "../../rules/describe-rule.ts";
import { requirementWords, type RequirementView } from "./requirement-words.ts";

export type RequirementReasonsProps = {
  requirement: RequirementView;
  /** The rule in clauses; undefined until it is read. */
  rule: RuleDescription | undefined;
};

/** What a requirement needed and what there was, and the same of each part. */
export function RequirementReasons({ requirement, rule }: RequirementReasonsProps) {
  const { i18n } = useLingui();
  const described = rule?.requirements.find(({ id }) => id === requirement.id);
  const { words, parts } = requirementWords(i18n, requirement, described);
  return (
    <>
      <span>{words}</span>
      {parts.length > 0 && (
        <ul>
          {parts.map((part, index) => (
            // Parts have no name, and a frozen rule keeps its order.
            <li key={index}>
              <b>{part.isMet ? <Trans>Met</Trans> : <Trans>Not met</Trans>}</b> {part.words}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

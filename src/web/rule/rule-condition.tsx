import { Trans, useLingui } from "@lingui/react/macro";
import type { Clause } from "../../rules/describe-rule.ts";
import { conditionWords } from "./rule-words.ts";

/** A clause in words; one that is put together from others is a list of them. */
export function RuleCondition({ clause }: { clause: Clause }) {
  const { i18n } = useLingui();
  if (clause.type !== "all" && clause.type !== "any") return conditionWords(i18n, clause);
  return (
    <>
      {clause.type === "all" ? (
        <Trans>all of this holds:</Trans>
      ) : (
        <Trans>any of this holds:</Trans>
      )}
      <ul>
        {clause.clauses.map((part, index) => (
          // Clauses have no name, and a frozen rule keeps its order.
          <li key={index}>
            <RuleCondition clause={part} />
          </li>
        ))}
      </ul>
    </>
  );
}

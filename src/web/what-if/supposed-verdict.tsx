import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { describeRule } from "../../rules/describe-rule.ts";
import type { Rule } from "../../rules/rule.ts";
import { verdictWord } from "../outcome/verdict-words.ts";
import RequirementList from "../outcome/requirement-list.tsx";
import { Announcer } from "../ui/announcer.tsx";
import { evaluateSupposed } from "./evaluate-supposed.ts";
import type { SupposedFigures } from "./supposed-figures.ts";

/** Between two announcements while a slider moves. */
const quietMs = 1_000;

export type SupposedVerdictProps = { rule: Rule; figures: SupposedFigures };

/** What the rule would say, with its reasons. */
export function SupposedVerdict({ rule, figures }: SupposedVerdictProps) {
  const { i18n } = useLingui();
  const description = useMemo(() => describeRule(rule), [rule]);
  const outcome = useMemo(() => evaluateSupposed(rule, figures), [rule, figures]);
  if (outcome === "too_much_work") {
    return (
      <p>
        <Trans>To try this rule on these counts is too much work for a page.</Trans>
      </p>
    );
  }
  if (outcome === "figures_missing") {
    return (
      <p>
        <Trans>The rule asks for figures that are not public yet. They come with the result.</Trans>
      </p>
    );
  }
  const verdict = verdictWord(i18n, outcome.verdict);
  return (
    <>
      <p className="verdict" data-verdict={outcome.verdict}>
        {verdict}
      </p>
      <Announcer text={verdict} quietMs={quietMs} />
      <RequirementList requirements={outcome.requirements} rule={description} />
    </>
  );
}

import { useLingui } from "@lingui/react/macro";
import type { RuleDescription } from "../../rules/describe-rule.ts";
import type { ApiOutcome, ApiRegion } from "../contract.ts";
import { forecastWords } from "./forecast-words.ts";
import RequirementList from "./requirement-list.tsx";

export type OutcomeDetailsProps = {
  outcome: ApiOutcome;
  regions: readonly ApiRegion[];
  /** The rule in clauses; undefined until it is read. */
  rule: RuleDescription | undefined;
};

/** Every requirement of the rule, and what is still needed. */
export default function OutcomeDetails({ outcome, regions, rule }: OutcomeDetailsProps) {
  const { i18n } = useLingui();
  const forecast = forecastWords(i18n, outcome, regions);
  return (
    <>
      <RequirementList requirements={outcome.requirements} rule={rule} />
      {forecast.length > 0 && <p className="forecast">{forecast.join(" ")}</p>}
    </>
  );
}

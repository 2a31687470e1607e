import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { memo, Suspense, useDeferredValue, useEffect, useState } from "react";
import { ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { lazyRendered } from "../app/lazy-rendered.ts";
import type { ApiOutcome, ApiRegion } from "../contract.ts";
import { forecastWords, verdictText } from "./forecast-words.ts";
import "./outcome.css";
import type { RequirementListProps } from "./requirement-list.tsx";

let wantRequirements = (): void => {};
/** Until there is an outcome that the Worker has not rendered. */
const requirementsWanted = new Promise<void>((resolve) => {
  wantRequirements = resolve;
});
const RequirementList = lazyRendered(
  ".requirements",
  () => import("./requirement-list.tsx"),
  requirementsWanted,
);

export type OutcomePanelProps = {
  outcome: ApiOutcome;
  /** The regions of the decision, with their names. */
  regions: readonly ApiRegion[];
  isCertified: boolean;
};

/** What the decision's rule says: the verdict, every requirement, and what is still needed. */
export function OutcomePanel({ outcome, regions, isCertified }: OutcomePanelProps) {
  const { i18n } = useLingui();
  const { data: rule } = useQuery(ruleQuery(useReadApi(), outcome.decision_id));
  // The code of the requirements comes with the first that are new; until then the old ones stay.
  const requirements = useDeferredValue(outcome.requirements);
  const [first] = useState(outcome.requirements);
  useEffect(() => {
    if (outcome.requirements !== first) wantRequirements();
  }, [outcome.requirements, first]);
  const said = outcome.final ? outcome.outcome : outcome.if_closed_now;
  const forecast = forecastWords(i18n, outcome, regions);
  return (
    <section className="outcome" aria-labelledby="outcome-title">
      <h2 id="outcome-title">
        {outcome.final ? <Trans>Outcome</Trans> : <Trans>If it closed now</Trans>}
      </h2>
      <p className="verdict" data-verdict={said}>
        {verdictText(i18n, outcome, said)}
      </p>
      {isCertified && (
        <p className="certified">
          <Trans>
            Certified: the public copies are whole, and counted again they come to this result.
          </Trans>
        </p>
      )}
      <KeptRequirements requirements={requirements} rule={rule} />
      {forecast.length > 0 && <p className="forecast">{forecast.join(" ")}</p>}
    </section>
  );
}

const KeptRequirements = memo(function KeptRequirements(props: RequirementListProps) {
  return (
    <Suspense>
      <RequirementList {...props} />
    </Suspense>
  );
});

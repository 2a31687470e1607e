import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { memo, Suspense, useDeferredValue, useEffect, useState } from "react";
import { ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { lazyRendered } from "../app/lazy-rendered.ts";
import type { ApiOutcome, ApiRegion } from "../contract.ts";
import type { OutcomeDetailsProps } from "./outcome-details.tsx";
import "./outcome.css";
import { verdictText } from "./verdict-words.ts";

let wantDetails = (): void => {};
/** Until there is an outcome that the Worker has not rendered. */
const detailsWanted = new Promise<void>((resolve) => {
  wantDetails = resolve;
});
const OutcomeDetails = lazyRendered(
  ".requirements",
  () => import("./outcome-details.tsx"),
  detailsWanted,
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
  // Their code comes with the first outcome that is new; until then the old ones stay.
  const detailed = useDeferredValue(outcome);
  const named = useDeferredValue(regions);
  const [first] = useState(outcome);
  useEffect(() => {
    if (outcome !== first) wantDetails();
  }, [outcome, first]);
  const said = outcome.final ? outcome.outcome : outcome.if_closed_now;
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
      <KeptDetails outcome={detailed} regions={named} rule={rule} />
    </section>
  );
}

const KeptDetails = memo(function KeptDetails(props: OutcomeDetailsProps) {
  return (
    <Suspense>
      <OutcomeDetails {...props} />
    </Suspense>
  );
});

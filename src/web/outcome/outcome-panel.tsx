import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiOutcome, ApiRegion } from "../contract.ts";
import { forecastWords, verdictText } from "./forecast-words.ts";
import "./outcome.css";
import { RequirementItem } from "./requirement-item.tsx";

export type OutcomePanelProps = {
  outcome: ApiOutcome;
  /** The regions of the decision, with their names. */
  regions: readonly ApiRegion[];
  isCertified: boolean;
};

/** What the decision's rule says: the verdict, every requirement, and what is still needed. */
export function OutcomePanel({ outcome, regions, isCertified }: OutcomePanelProps) {
  const { i18n } = useLingui();
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
      <ul className="requirements">
        {outcome.requirements.map((requirement) => (
          <RequirementItem key={requirement.id} requirement={requirement} />
        ))}
      </ul>
      {forecast.length > 0 && <p className="forecast">{forecast.join(" ")}</p>}
    </section>
  );
}

import type { ApiDecision } from "../contract.ts";
import { RegionResultsTable } from "./region-results-table.tsx";
import "./results.css";
import { measuresOf } from "./measure.ts";
import { SaveMenu } from "./save-menu.tsx";
import { TurnoutRegions } from "./turnout-regions.tsx";
import { useLiveResults } from "./use-live-results.ts";

export type ResultRegionsProps = { decision: ApiDecision };

/** The regions of a decision, as far as they are shown. */
export function ResultRegions({ decision }: ResultRegionsProps) {
  const { results } = useLiveResults(decision.id);
  const measures = measuresOf(decision);
  const { regions } = decision;
  if (results === null || regions.length === 0) return null;
  if (results.shows === "nothing") return null;
  return (
    <div className="regions-part">
      {results.shows === "counts" ? (
        <RegionResultsTable regions={regions} result={results} measures={measures} />
      ) : (
        <TurnoutRegions regions={regions} result={results} />
      )}
      {results.regions.length > 0 && (
        <SaveMenu what="regions" decision={decision} results={results} measures={measures} />
      )}
    </div>
  );
}

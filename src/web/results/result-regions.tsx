import type { ApiDecision } from "../contract.ts";
import { RegionTable } from "./region-table.tsx";
import "./results.css";
import { SaveMenu } from "./save-menu.tsx";
import { TurnoutRegions } from "./turnout-regions.tsx";
import { useCountMeasures } from "./use-count-measures.ts";
import { useLiveResults } from "./use-live-results.ts";

export type ResultRegionsProps = { decision: ApiDecision };

/** The regions of a decision, as far as they are shown. */
export function ResultRegions({ decision }: ResultRegionsProps) {
  const { results } = useLiveResults(decision.id);
  const measures = useCountMeasures(decision.id);
  const { regions } = decision;
  if (results === null || measures === null || regions.length === 0) return null;
  if (results.shows === "nothing") return null;
  return (
    <div className="regions-part">
      {results.shows === "counts" ? (
        <RegionTable regions={regions} result={results} measures={measures} />
      ) : (
        <TurnoutRegions regions={regions} result={results} />
      )}
      {results.regions.length > 0 && (
        <SaveMenu what="regions" decision={decision} results={results} measures={measures} />
      )}
    </div>
  );
}

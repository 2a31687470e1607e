import { lazy, memo, Suspense, type ComponentType } from "react";
import type { ApiDecision } from "../contract.ts";
import { RegionResultsTable } from "./region-results-table.tsx";
import "./results.css";
import { measuresOf } from "./measure.ts";
import { SaveMenu } from "./save-menu.tsx";
import { useLiveResults } from "./use-live-results.ts";

const ResultMap = lazy(() => import("../map/result-map.tsx"));
const TurnoutRegions = lazy(() => import("./turnout-regions.tsx"));

/** A code that may be a country's: most decisions need nothing of what finds out. */
const mapped = /^([A-Z]{2,3}|\d{3})$/;

export type ResultRegionsProps = { decision: ApiDecision };

/**
 * A part that follows the results by itself. What the Worker has rendered of it stays until its code
 * is there: an update before that would empty it.
 */
const LazyPart = memo(
  ({ part: Part, decision }: ResultRegionsProps & { part: ComponentType<ResultRegionsProps> }) => (
    <Suspense>
      <Part decision={decision} />
    </Suspense>
  ),
  (before, after) => before.decision.id === after.decision.id,
);

/** The regions of a decision, as far as they are shown. */
export function ResultRegions({ decision }: ResultRegionsProps) {
  const { results } = useLiveResults(decision.id);
  const measures = measuresOf(decision);
  const { regions } = decision;
  if (results === null || regions.length === 0) return null;
  if (results.shows === "nothing") return null;
  return (
    <div className="regions-part">
      {(decision.map || regions.every(({ code }) => mapped.test(code))) && (
        <LazyPart part={ResultMap} decision={decision} />
      )}
      {results.shows === "counts" ? (
        <RegionResultsTable regions={regions} result={results} measures={measures} />
      ) : (
        <LazyPart part={TurnoutRegions} decision={decision} />
      )}
      {results.regions.length > 0 && (
        <SaveMenu what="regions" decision={decision} results={results} measures={measures} />
      )}
    </div>
  );
}

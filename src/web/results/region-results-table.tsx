import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useDeferredValue, useMemo, useState } from "react";
import type { ApiRegion, Counts } from "../contract.ts";
import { MeasureSwitch } from "./measure-switch.tsx";
import type { CountMeasure } from "./measure.ts";
import { findRegions, rankRegions } from "./rank-regions.ts";
import { RegionHead } from "./region-head.tsx";
import { RegionRow } from "./region-row.tsx";
import { missingRegionsWords } from "./release-words.ts";
import { ScaleSwitch, type BarScale } from "./scale-switch.tsx";
import { useSteadyOrder } from "./use-steady-order.ts";

export type RegionResultsTableProps = {
  regions: readonly ApiRegion[];
  result: Pick<Counts, "regions" | "release_min" | "status">;
  /** What the rule counts; the first is shown first. */
  measures: readonly CountMeasure[];
};

/** A hundred countries are a long read: the largest are shown, the rest on demand. */
const rowsFirst = 20;
/** A table of more rows is there only as far as it is in sight: 1,000 take half a second to draw. */
const rowsDrawnMax = 60;

const RegionWindow = lazy(() => import("./region-window.tsx"));

/**
 * The regions as small bars, the largest first. It is a real table, so it reads the same by eye and
 * by ear.
 */
export function RegionResultsTable({ regions, result, measures }: RegionResultsTableProps) {
  const { i18n, t } = useLingui();
  const [measure, setMeasure] = useState<CountMeasure>(measures[0] ?? "ballots");
  const [scale, setScale] = useState<BarScale>("share");
  const [typed, setTyped] = useState("");
  const [isWhole, setIsWhole] = useState(regions.length <= rowsFirst);
  const wanted = useDeferredValue(typed);
  const ranked = useMemo(
    () => rankShown(regions, result.regions, measure),
    [regions, result.regions, measure],
  );
  const ordered = useSteadyOrder(ranked);
  const found = findRegions(ordered, wanted);
  const rows = isWhole || wanted !== "" ? found : found.slice(0, rowsFirst);
  const largest = ranked[0]?.counts.all ?? 0n;
  const missing = missingRegionsWords(i18n, result, regions.length - ranked.length);
  return (
    <section className="regions" aria-labelledby="regions-title">
      <div className="section-head">
        <h2 id="regions-title">
          {rows.length < found.length ? <Trans>Largest regions</Trans> : <Trans>By region</Trans>}
        </h2>
        {regions.length > rowsFirst && (
          <input
            type="search"
            aria-label={t`Find a region`}
            placeholder={t`Find a region`}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
        {measures.length > 1 && <MeasureSwitch measure={measure} onChange={setMeasure} />}
        <ScaleSwitch scale={scale} onChange={setScale} />
      </div>
      {rows.length > rowsDrawnMax ? (
        <Suspense fallback={<div className="region-window" />}>
          <RegionWindow rows={rows} measure={measure} scale={scale === "size" ? largest : null} />
        </Suspense>
      ) : (
        <table role="table" aria-labelledby="regions-title" aria-rowcount={found.length + 1}>
          <RegionHead measure={measure} />
          <tbody role="rowgroup">
            {rows.map((region, index) => (
              <RegionRow
                key={region.code}
                region={region}
                measure={measure}
                scale={scale === "size" ? largest : region.counts.all}
                rowIndex={index + 2}
              />
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet-line" role="status">
        {found.length === 0 && wanted !== "" && <Trans>No region has this name.</Trans>}
      </p>
      {missing !== null && <p className="quiet-line">{missing}</p>}
      {rows.length < found.length && (
        <button type="button" className="button" onClick={() => setIsWhole(true)}>
          <Plural value={found.length} one="Show # region" other="Show all # regions" />
        </button>
      )}
    </section>
  );
}

/** Those whose figures are shown, the largest first. */
function rankShown(
  regions: readonly ApiRegion[],
  tallies: Counts["regions"],
  measure: CountMeasure,
) {
  const known = new Set(tallies.map(({ region }) => region));
  return rankRegions(
    regions.filter(({ code }) => known.has(code)),
    tallies,
    measure,
  );
}

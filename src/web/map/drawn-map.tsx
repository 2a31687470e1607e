import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useMemo, useState } from "react";
import type { ApiDecision } from "../contract.ts";
import type { CountMeasure } from "../results/measure.ts";
import type { HeldResults } from "../results/merge-results.ts";
import { SaveButtons } from "../results/save-buttons.tsx";
import { useIsNarrow } from "../results/use-is-narrow.ts";
import { drawAreas } from "./draw-areas.ts";
import { loadShapes, type MapShapes } from "./load-shapes.ts";
import { MapFigure } from "./map-figure.tsx";
import { MapLegend } from "./map-legend.tsx";
import { mapRegions } from "./map-regions.ts";

export type DrawnMapProps = {
  decision: ApiDecision;
  results: HeldResults;
  measure: CountMeasure;
  /** There is nothing to draw. */
  onNone: () => void;
};

/** Units of a picture are about its pixels, so that its textures are as coarse everywhere. */
const wide = { width: 960, height: 480 };
const narrow = { width: 400, height: 300 };

/** A map of the results: a picture with its legend, its figures region by region, and as a file. */
export function DrawnMap({ decision, results, measure, onNone }: DrawnMapProps) {
  const { i18n } = useLingui();
  const size = useIsNarrow() ? narrow : wide;
  const { loaded, hasFailed, retry } = useShapes(decision, onNone);
  const codes = useMemo(
    () => new Set(decision.regions.map(({ code }) => code)),
    [decision.regions],
  );
  const areas = useMemo(
    () =>
      loaded === null
        ? null
        : drawAreas({
            shapes: loaded.shapes,
            regions: codes,
            isCropped: loaded.source === "countries",
            ...size,
          }),
    [loaded, codes, size],
  );
  const regions = mapRegions(i18n, { regions: decision.regions, results, measure });
  if (hasFailed)
    return (
      <p className="quiet-line">
        <Trans>The map could not be loaded. The table has all figures.</Trans>{" "}
        <button type="button" className="button quiet" onClick={retry}>
          <Trans>Try again</Trans>
        </button>
      </p>
    );
  if (areas === null || loaded === null) return <div className="map-space" aria-busy="true" />;
  const onMap = new Set(areas.map(({ region }) => region));
  const missing = [...regions.values()].filter(({ code }) => !onMap.has(code));
  return (
    <>
      <MapFigure areas={areas} regions={regions} size={size} />
      <MapLegend regions={regions} areas={areas} isFinal={results.final} />
      <p className="quiet-line">
        <Trans>Areas are in proportion, votes are not: the table has every figure.</Trans>{" "}
        {loaded.source === "countries" ? (
          <Trans>Borders are as Natural Earth draws them.</Trans>
        ) : (
          <Trans>The organiser has drawn the borders.</Trans>
        )}{" "}
        {missing.length > 0 && <NotOnMap names={missing.map(({ name }) => name)} />}
      </p>
      <details className="save">
        <summary>
          <Trans>Save the map</Trans>
        </summary>
        <SaveButtons
          forms={["svg", "png"]}
          onSave={async (form) => {
            const { saveMap } = await import("../exports/save-map.ts");
            const source = { shapes: loaded, codes };
            if (form !== "csv") await saveMap(i18n, { decision, results, regions, source }, form);
          }}
        />
      </details>
    </>
  );
}

/** Names that stand in one sentence; more are counted. */
const namedMax = 12;

function NotOnMap({ names }: { names: readonly string[] }) {
  const { i18n } = useLingui();
  const more = names.length - namedMax;
  if (more > 0) {
    const count = i18n.number(names.length);
    return <Trans>{count} regions are not on this map.</Trans>;
  }
  const list = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(names);
  return <Trans>Not on this map: {list}.</Trans>;
}

function useShapes(decision: ApiDecision, onNone: () => void) {
  const [loaded, setLoaded] = useState<MapShapes | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  const { id, map, regions } = decision;
  const hash = map?.hash ?? null;
  useEffect(() => {
    let isLeft = false;
    const load = async (): Promise<void> => {
      const shapes = await loadShapes({ id, regions, map: hash === null ? null : { hash } });
      if (isLeft) return;
      if (shapes === null) onNone();
      else setLoaded(shapes);
    };
    load().catch(() => setHasFailed(true));
    return () => {
      isLeft = true;
    };
    // Regions and map of an opened decision are frozen, whatever objects hold them.
  }, [id, hash, turn]);
  const retry = (): void => {
    setHasFailed(false);
    setTurn(turn + 1);
  };
  return { loaded, hasFailed, retry };
}

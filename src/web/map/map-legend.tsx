import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { MapArea } from "./draw-areas.ts";
import { countClasses, turnoutClasses, type MapClass } from "./map-class.ts";
import { MapPatterns, patternOf } from "./map-patterns.tsx";
import { mapClassWords, type MapRegion } from "./map-regions.ts";

export type MapLegendProps = {
  regions: ReadonlyMap<string, MapRegion>;
  areas: readonly MapArea[];
  isFinal: boolean;
};

const legendOrder: readonly MapClass[] = [
  ...new Set<MapClass>([...countClasses, ...turnoutClasses, "hidden", "land"]),
];

/** The classes that are on a map, in the order in which they are told. */
export function classesOnMap({
  regions,
  areas,
}: Pick<MapLegendProps, "regions" | "areas">): MapClass[] {
  const used = new Set(areas.map(({ region }) => regions.get(region)?.mapClass ?? "land"));
  return legendOrder.filter((mapClass) => used.has(mapClass));
}

/** What each texture of a map stands for. */
export function MapLegend({ isFinal, ...map }: MapLegendProps) {
  const { i18n } = useLingui();
  const id = useId();
  return (
    <ul className="map-legend">
      {classesOnMap(map).map((mapClass) => (
        <li key={mapClass}>
          <svg viewBox="0 0 32 20" width="32" height="20" aria-hidden="true">
            <MapPatterns id={`${id}-${mapClass}`} />
            <rect
              x="0.5"
              y="0.5"
              width="31"
              height="19"
              className="map-swatch"
              fill={patternOf(`${id}-${mapClass}`, mapClass)}
            />
          </svg>
          {mapClassWords(i18n, mapClass, isFinal)}
        </li>
      ))}
    </ul>
  );
}

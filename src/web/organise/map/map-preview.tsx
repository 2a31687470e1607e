import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { RegionShape } from "../../../map/region-map.ts";
import type { ApiRegion } from "../../contract.ts";
import { drawAreas } from "../../map/draw-areas.ts";
import { MapFigure } from "../../map/map-figure.tsx";
import type { MapRegion } from "../../map/map-regions.ts";
import { useIsNarrow } from "../../results/use-is-narrow.ts";

export type MapPreviewFigureProps = {
  shapes: readonly RegionShape[];
  regions: readonly ApiRegion[];
};

const wide = { width: 960, height: 480 };
const narrow = { width: 400, height: 300 };

/** A map without results: the regions by their names. */
export function MapPreviewFigure({ shapes, regions }: MapPreviewFigureProps) {
  const { t } = useLingui();
  const size = useIsNarrow() ? narrow : wide;
  const drawn = useMemo(() => {
    const codes = new Set(regions.map(({ code }) => code));
    return drawAreas({ shapes, regions: codes, isCropped: false, ...size });
  }, [shapes, regions, size]);
  const described = new Map(
    regions.map(({ code, name }): [string, MapRegion] => [
      code,
      { code, name: name || code, mapClass: "none", words: t`code ${code}` },
    ]),
  );
  return <MapFigure areas={drawn} regions={described} size={size} />;
}

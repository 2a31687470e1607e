import type { I18n } from "@lingui/core";
import type { ApiDecision } from "../contract.ts";
import { drawAreas } from "../map/draw-areas.ts";
import type { MapShapes } from "../map/load-shapes.ts";
import type { MapRegion } from "../map/map-regions.ts";
import type { HeldResults } from "../results/merge-results.ts";
import type { SavedForm } from "../results/save-buttons.tsx";
import { mapPicture, mapPictureSize } from "./map-picture.ts";
import { fileNameOf, savePicture, subjectOf } from "./save-result.ts";

export interface MapToSave {
  decision: ApiDecision;
  results: HeldResults;
  regions: ReadonlyMap<string, MapRegion>;
  source: { shapes: MapShapes; codes: ReadonlySet<string> };
}

/** Saves the map as it is at this moment, in a size of its own. */
export async function saveMap(
  i18n: I18n,
  { decision, results, regions, source: { shapes, codes } }: MapToSave,
  form: Exclude<SavedForm, "csv">,
): Promise<void> {
  const areas = drawAreas({
    shapes: shapes.shapes,
    regions: codes,
    isCropped: shapes.source === "countries",
    ...mapPictureSize,
  });
  const subject = { ...subjectOf(i18n, decision, results), areas, regions, source: shapes.source };
  await savePicture(fileNameOf(decision, results, "map"), mapPicture(i18n, subject), form);
}

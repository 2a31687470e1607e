import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";

/** Why a map is not taken, and what to do about it; null for what is no matter of maps. */
export function mapRefusalWords(i18n: I18n, code: string): string | null {
  switch (code) {
    case "not_json":
    case "body.not_json":
      return t(i18n)`This file is no GeoJSON. Save the map as GeoJSON and choose it again.`;
    case "too_large":
    case "body.too_large":
      return t(
        i18n,
      )`This file is larger than 4 MB. Simplify its lines in the program that made it, and choose it again.`;
    case "map.not_geojson":
      return t(
        i18n,
      )`Parts of this file are no areas by the GeoJSON standard. Mend the places below, and choose it again.`;
    case "map.not_degrees":
      return t(
        i18n,
      )`The positions of this file are not longitude and latitude. Save it again in WGS 84 (EPSG:4326).`;
    case "map.too_many_features":
      return t(i18n)`This file has more than 2,000 areas. Keep those of your regions alone.`;
    case "map.too_many_positions":
    case "map.too_detailed":
      return t(
        i18n,
      )`This map is too detailed. Simplify its lines in the program that made it, and choose it again.`;
    case "map.other_regions":
      return t(
        i18n,
      )`No area of this file has the code of a region of this decision. Choose what names the regions, or mend the codes.`;
    case "decision.not_draft":
      return t(i18n)`The decision is no longer a draft: its map is frozen.`;
    default:
      return null;
  }
}

import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { Counts } from "../contract.ts";

/**
 * In words, how far figures lag before the close outside roll calls; null where every vote moves
 * them, and after the close. `shown` is how many ballots or voters are shown.
 */
export function releaseWords(
  i18n: I18n,
  { release_min: releaseMin }: Pick<Counts, "release_min">,
  shown: number,
): string | null {
  if (releaseMin === undefined) return null;
  if (shown > 0)
    return t(
      i18n,
    )`Shown in steps of at least ${plural(releaseMin, { one: "# new voter", other: "# new voters" })}, one step behind`;
  return t(
    i18n,
  )`Nothing is shown yet: the first figures appear once twice ${plural(releaseMin, { one: "# new voter", other: "# new voters" })} have voted`;
}

/** In words, why regions have no row; null where every region has one. */
export function missingRegionsWords(
  i18n: I18n,
  { release_min: releaseMin, status }: Pick<Counts, "release_min" | "status">,
  missing: number,
): string | null {
  if (missing === 0) return null;
  if (releaseMin !== undefined)
    return t(
      i18n,
    )`Not shown yet: ${plural(missing, { one: "# region", other: "# regions" })} in which too few have voted so far.`;
  return status === "closed"
    ? t(
        i18n,
      )`Not shown yet: ${plural(missing, { one: "# region", other: "# regions" })}. Figures by region follow when the decision is certified.`
    : t(
        i18n,
      )`Not shown: ${plural(missing, { one: "# region", other: "# regions" })} with too few voters to hide a single vote among.`;
}

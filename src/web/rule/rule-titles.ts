import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";

/** What a rule is called, in the reader's words; null where an organiser has named it. */
export function ruleTitleWords(i18n: I18n, title: string): string | null {
  const own: Record<string, string> = {
    "Simple majority": t(i18n)`Simple majority`,
    "Two thirds of those present and voting": t(i18n)`Two thirds of those present and voting`,
    "Absolute majority": t(i18n)`Absolute majority`,
    "International Whaling Commission, three quarters": t(
      i18n,
    )`International Whaling Commission, three quarters`,
    "Switzerland, optional referendum": t(i18n)`Switzerland, optional referendum`,
    "Referendum with a turnout quorum": t(i18n)`Referendum with a turnout quorum`,
    "Referendum with an approval quorum": t(i18n)`Referendum with an approval quorum`,
    "Denmark, constitutional referendum": t(i18n)`Denmark, constitutional referendum`,
    "United States Senate, cloture": t(i18n)`United States Senate, cloture`,
    "Switzerland, people and cantons": t(i18n)`Switzerland, people and cantons`,
    "Council of the European Union, qualified majority": t(
      i18n,
    )`Council of the European Union, qualified majority`,
    "Australia, electors and states": t(i18n)`Australia, electors and states`,
    "IUCN, two houses": t(i18n)`IUCN, two houses`,
    "United Nations Security Council": t(i18n)`United Nations Security Council`,
    "International Commission for the Protection of the Rhine": t(
      i18n,
    )`International Commission for the Protection of the Rhine`,
    "International Commission for the Protection of Lake Constance": t(
      i18n,
    )`International Commission for the Protection of Lake Constance`,
    "Forest Stewardship Council, General Assembly": t(
      i18n,
    )`Forest Stewardship Council, General Assembly`,
    "Silence procedure": t(i18n)`Silence procedure`,
  };
  return Object.hasOwn(own, title) ? (own[title] ?? null) : null;
}

import type { I18n } from "@lingui/core";
import { formatMonth, formatYear } from "../search/period-words.ts";

/** A year or a month in words; nothing where there is none. */
export function periodWord(i18n: I18n, period: string | undefined): string {
  if (period === undefined) return "";
  return period.length === 4 ? formatYear(i18n, period) : formatMonth(i18n, period);
}

import type { I18n } from "@lingui/core";

/** A year in the digits of the language: "2026". */
export function formatYear({ locale }: I18n, year: string): string {
  return formatPeriod(`${year}-01`, new Intl.DateTimeFormat(locale, { ...inUtc, year: "numeric" }));
}

/** A month: "November 2026". */
export function formatMonth({ locale }: I18n, month: string): string {
  const options = { ...inUtc, year: "numeric", month: "long" } as const;
  return formatPeriod(month, new Intl.DateTimeFormat(locale, options));
}

const inUtc = { timeZone: "UTC", calendar: "gregory" };

/** What is no month stays as it is. */
function formatPeriod(month: string, format: Intl.DateTimeFormat): string {
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(at) ? month : format.format(at);
}

import type { I18n } from "@lingui/core";

/** A figure in three digits, or all those of a thousand and more, as the language writes it. */
export function formatFigure({ locale }: I18n, value: number): string {
  const options = value >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locale, options).format(value);
}

/** US dollars and cents. */
export function formatUsd({ locale }: I18n, value: number): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency: "USD" }).format(value);
}

/** A part of what is possible, in two digits. */
export function formatPart({ locale }: I18n, share: number): string {
  const options = { style: "percent", maximumSignificantDigits: 2 } as const;
  return new Intl.NumberFormat(locale, options).format(share);
}

import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";

const integerFormats = new Map<string, Intl.NumberFormat>();
const shareFormats = new Map<string, Intl.NumberFormat>();

/** A format of a language, made once: making one costs more than using it a hundred times. */
function kept(formats: Map<string, Intl.NumberFormat>, { locale }: I18n, options = {}) {
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale, options);
  formats.set(locale, format);
  return format;
}

/** Digits in groups, as the language writes them, exact at any size. */
export function formatInteger(i18n: I18n, value: number | bigint): string {
  return kept(integerFormats, i18n).format(BigInt(value));
}

/**
 * A share as a percentage with one decimal, cut and never rounded up: 66.66…% must not be read as a
 * two-thirds majority reached, nor 99.99% as everyone. Text only; nothing is ever compared with it.
 */
export function formatShare(i18n: I18n, part: bigint, whole: bigint): string {
  if (whole <= 0n) return "–";
  const percent = kept(shareFormats, i18n, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const thousandths = (part * 1000n) / whole;
  if (thousandths === 0n && part > 0n) return `< ${closed(percent.format(0.001))}`;
  return closed(percent.format(Number(thousandths) / 1000));
}

/**
 * In Arabic a percentage ends with a mark from left to right, which would draw a number that follows
 * before it; one from right to left ends that.
 */
function closed(percentage: string): string {
  return percentage.endsWith("\u200E") ? `${percentage}\u200F` : percentage;
}

/**
 * What `plural` chooses the word by, for a count that may be past 2^53; its digits are written by
 * `formatInteger`, as in `plural(pluralOf(count), { one: `${digits} voter`, other: … })`.
 */
export function pluralOf(count: number | bigint | string): number {
  return Number(count);
}

/** How long ago, rounded up: a result never claims to be fresher than it is. */
export function formatAge(i18n: I18n, ms: number): string {
  const tenths = Math.ceil(ms / 100);
  if (tenths < 100) {
    const tenthsOfSecond = new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 1 });
    return t(i18n)`${tenthsOfSecond.format(tenths / 10)} s ago`;
  }
  const written = (divisor: number): string => formatInteger(i18n, Math.ceil(ms / divisor));
  const seconds = written(1_000);
  if (ms <= 119_000) return t(i18n)`${seconds} s ago`;
  const minutes = written(60_000);
  if (ms <= 119 * 60_000) return t(i18n)`${minutes} min ago`;
  const hours = written(3_600_000);
  if (ms <= 47 * 3_600_000) return t(i18n)`${hours} h ago`;
  const days = Math.ceil(ms / 86_400_000);
  return t(i18n)`${plural(days, { one: "# day ago", other: "# days ago" })}`;
}

/** How long until, rounded down: a window never looks longer than it is. */
export function formatRemaining(i18n: I18n, ms: number): string {
  const left = Math.max(0, Math.floor(ms / 1_000));
  const days = Math.floor(left / 86_400);
  if (days >= 2) return t(i18n)`${plural(days, { one: "# day", other: "# days" })}`;
  const hours = formatInteger(i18n, Math.floor(left / 3_600));
  const inHour = Math.floor(left / 60) % 60;
  if (left >= 3_600) return t(i18n)`${hours} h ${formatInteger(i18n, inHour)} min`;
  const minutes = formatInteger(i18n, inHour);
  const seconds = formatInteger(i18n, left % 60);
  return left >= 60 ? t(i18n)`${minutes} min ${seconds} s` : t(i18n)`${seconds} s`;
}

/** Names joined as the language joins them: "a, b and c". */
export function formatNames(i18n: I18n, names: readonly string[]): string {
  return new Intl.ListFormat(dateLocale(i18n), { type: "conjunction" }).format(names);
}

/** Readers of English sit on every continent: the day stands before the month, in 24 hours. */
function dateLocale({ locale }: I18n): string {
  return locale === "en" ? "en-GB" : locale;
}

/**
 * A moment in a zone, which is named, since voters sit in many: "20 Nov 2026, 09:00 CET". Shown by
 * `<Moment>`, which knows the reader's zone.
 */
export function formatMoment(i18n: I18n, iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(dateLocale(i18n), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(iso));
}

/** The day of a moment: "20 November 2026". */
export function formatDay(i18n: I18n, iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(dateLocale(i18n), {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  }).format(new Date(iso));
}

/** Time of day to the second. */
export function formatClock(i18n: I18n, iso: string, timeZone?: string): string {
  const options: Intl.DateTimeFormatOptions = { timeStyle: "medium", timeZone };
  return new Intl.DateTimeFormat(dateLocale(i18n), options).format(new Date(iso));
}

/** A hash in groups of eight, so that two people can compare it aloud. */
export function formatHash(hash: string): string {
  return (hash.match(/.{1,8}/g) ?? []).join(" ");
}

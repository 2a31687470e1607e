import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { formatAge, formatClock, formatInteger, formatMoment } from "../i18n/format.ts";
import type { LiveConnection } from "./live-results.ts";
import type { HeldResults } from "./merge-results.ts";
import { ageMs, type ServerClock } from "./server-clock.ts";

/** In words, whether the result still moves; `now` is local time in ms, null on the Worker. */
export function connectionWords(
  i18n: I18n,
  connection: LiveConnection,
  now: number | null,
): string {
  if (connection.kind === "final") return t(i18n)`Final`;
  if (connection.kind === "live") return t(i18n)`Live`;
  if (connection.kind === "connecting" || now === null) return t(i18n)`Connecting`;
  const silent = formatInteger(i18n, Math.max(1, Math.floor((now - connection.since) / 1_000)));
  if (connection.kind === "stalled") return t(i18n)`Not live: no answer for ${silent} s`;
  const seconds = formatInteger(i18n, Math.max(1, Math.ceil((connection.until - now) / 1_000)));
  return t(i18n)`Not live, next try in ${seconds} s`;
}

export interface Freshness {
  results: HeldResults;
  clock: ServerClock;
  /** Local time in ms; null on the Worker, which does not know how long its answer is under way. */
  now: number | null;
  timeZone?: string | undefined;
}

/**
 * In words, how fresh the result is. A final one needs its day, since it may be years old; its age
 * says nothing. Figures that move in steps are as old as their release, not as their reading.
 */
export function freshnessWords(i18n: I18n, { results, clock, now, timeZone }: Freshness): string {
  const { as_of: asOf, final: isFinal } = results;
  if (isFinal || now === null) return t(i18n)`as of ${formatMoment(i18n, asOf, timeZone)}`;
  const time = formatClock(i18n, asOf, timeZone);
  const age = formatAge(i18n, ageMs(clock, asOf, now));
  const isReleased = results.shows !== "nothing" && results.release_min !== undefined;
  return isReleased ? t(i18n)`released ${time}, ${age}` : t(i18n)`as of ${time}, ${age}`;
}

const integers = new Intl.NumberFormat("en");

/**
 * Digits in groups of three, exact at any size.
 * @param {number | bigint} value an integer
 */
export function formatInteger(value) {
  return integers.format(BigInt(value));
}

/**
 * A share as a percentage with one decimal, cut and never rounded up: 66.66…% must not be read as a
 * two-thirds majority reached, nor 99.99% as everyone. Text only; nothing is ever compared with it.
 * @param {bigint} part
 * @param {bigint} whole
 */
export function formatShare(part, whole) {
  if (whole <= 0n) return "–";
  const tenths = (part * 1000n) / whole;
  if (tenths === 0n && part > 0n) return "< 0.1%";
  return `${formatInteger(tenths / 10n)}.${tenths % 10n}%`;
}

/**
 * "1 ballot", "2 ballots".
 * @param {number | bigint} count
 * @param {string} one
 * @param {string} [many]
 */
export function formatCount(count, one, many = `${one}s`) {
  return `${formatInteger(count)} ${BigInt(count) === 1n ? one : many}`;
}

/**
 * How long ago, rounded up: a result never claims to be fresher than it is.
 * @param {number} ms
 */
export function formatAge(ms) {
  const tenths = Math.ceil(ms / 100);
  if (tenths < 100) return `${Math.floor(tenths / 10)}.${tenths % 10} s ago`;
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 120) return `${seconds} s ago`;
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.ceil(ms / 3_600_000);
  return hours < 48 ? `${hours} h ago` : `${formatInteger(Math.ceil(ms / 86_400_000))} days ago`;
}

/**
 * How long until, rounded down: a window never looks longer than it is.
 * @param {number} ms
 */
export function formatRemaining(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return formatCount(Math.floor(hours / 24), "day");
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/**
 * A moment in the reader's zone, which is named, since voters sit in many: "20 Nov 2026, 09:00
 * CET".
 * @param {string} iso
 * @param {string} [timeZone] IANA name; the reader's own when left out
 */
export function formatMoment(iso, timeZone) {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(iso));
}

/**
 * @param {string} iso
 * @param {string} [timeZone]
 */
export function formatDay(iso, timeZone) {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone,
  }).format(new Date(iso));
}

/**
 * Time of day to the second.
 * @param {string} iso
 * @param {string} [timeZone]
 */
export function formatClock(iso, timeZone) {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone }).format(new Date(iso));
}

/**
 * A hash in groups of eight, so that two people can compare it aloud.
 * @param {string} hash
 */
export function formatHash(hash) {
  return (hash.match(/.{1,8}/g) ?? []).join(" ");
}

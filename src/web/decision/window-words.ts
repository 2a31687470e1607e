import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiDecision } from "../contract.ts";
import { formatMoment, formatRemaining } from "../i18n/format.ts";

/** When and where words about a window are read. */
export type WindowReading = {
  /** The server's time in ms. */
  now: number;
  /** IANA name; undefined for the reader’s own. */
  timeZone: string | undefined;
};

/** The one thing about a decision's window that matters now, in words. */
export function windowWords(
  i18n: I18n,
  decision: Pick<ApiDecision, "status" | "opens_at" | "closes_at" | "extension">,
  { now, timeZone }: WindowReading,
): string {
  const { status, opens_at: opensAt, closes_at: closesAt } = decision;
  if (status === "draft") return t(i18n)`Not opened yet`;
  if (status === "cancelled") return t(i18n)`Ended without a result`;
  if (status === "closing") {
    return t(i18n)`Voting has ended; the last ballots are being counted`;
  }
  if (status === "closed") return t(i18n)`Voting has ended`;
  if (status === "certified") {
    return t(i18n)`Voting has ended; the public copies were counted again`;
  }
  if (status === "scheduled") {
    if (opensAt === null) return t(i18n)`Not opened yet`;
    const opens = formatMoment(i18n, opensAt, timeZone);
    const ms = Date.parse(opensAt) - now;
    if (ms <= 0) return t(i18n)`Opens ${opens}`;
    return t(i18n)`Opens ${opens}, in ${formatRemaining(i18n, ms)}`;
  }
  if (closesAt === null) return t(i18n)`Open until the organiser closes it`;
  const ms = Date.parse(closesAt) - now;
  if (decision.extension?.extended === false && ms <= 0) {
    return t(i18n)`The end has come; whether voting is extended is being decided`;
  }
  const closes = formatMoment(i18n, closesAt, timeZone);
  if (ms <= 0) return t(i18n)`Closes ${closes}`;
  return t(i18n)`Closes ${closes}, in ${formatRemaining(i18n, ms)}`;
}

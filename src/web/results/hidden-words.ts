import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiDecision, NothingYet, TurnoutOnly } from "../contract.ts";
import { formatMoment } from "../i18n/format.ts";
import type { CountMeasure } from "./measure.ts";
import { missingRegionsWords, releaseWords } from "./release-words.ts";
import { turnoutWords, votedWords } from "./turnout-words.ts";

export type HiddenTurnout = Omit<TurnoutOnly, "age_ms">;
export type HiddenResults = HiddenTurnout | Omit<NothingYet, "age_ms">;

/** What the words of a hidden result need beside it. */
export interface HiddenWording {
  decision: Pick<ApiDecision, "regions" | "closes_at">;
  measure: CountMeasure;
  timeZone: string | undefined;
}

/** How many have voted, or until when everything is sealed. */
export function hiddenSum(i18n: I18n, result: HiddenResults, wording: HiddenWording): string {
  if (result.shows === "turnout")
    return turnoutWords(i18n, result, wording.measure) ?? votedWords(i18n, result);
  const { closes_at: closesAt } = wording.decision;
  if (closesAt === null) return t(i18n)`Results are sealed until the organiser closes the vote`;
  return t(i18n)`Results are sealed until ${formatMoment(i18n, closesAt, wording.timeZone)}`;
}

/** Why it is hidden, and for how long. */
export function hiddenReason(i18n: I18n, { shows, status }: HiddenResults): string {
  if (status === "closing") return t(i18n)`Voting has ended; the result appears here in a moment.`;
  return shows === "nothing"
    ? t(
        i18n,
      )`Nobody sees votes or turnout before then, not even the organiser. The result appears here by itself.`
    : t(
        i18n,
      )`How they voted is shown to nobody before voting has closed. Then the result appears here by itself.`;
}

/** How far turnout lags, and which regions have none yet; null where there is nothing to say. */
export function releaseNotes(
  i18n: I18n,
  result: HiddenTurnout,
  { decision: { regions } }: HiddenWording,
): string | null {
  const lag = releaseWords(i18n, result, result.turnout.voters);
  if (lag === null) return null;
  const missing = missingRegionsWords(i18n, result, regions.length - result.regions.length);
  return missing === null ? t(i18n)`${lag}.` : t(i18n)`${lag}. ${missing}`;
}

/** What a screen reader says of a hidden result. */
export function spokenHidden(i18n: I18n, result: HiddenResults, wording: HiddenWording): string {
  return t(i18n)`${hiddenSum(i18n, result, wording)}. ${hiddenReason(i18n, result)}`;
}

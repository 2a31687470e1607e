import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { ApiDecision } from "../contract.ts";
import { formatInteger, pluralOf } from "../i18n/format.ts";

/** What may be seen of the counts before the close. */
export function shownWords(
  i18n: I18n,
  { visibility, disclosure, release_min: least }: ApiDecision,
): string {
  if (visibility === "sealed") return t(i18n)`Nothing, to nobody`;
  const isAtOnce = disclosure === "roll_call";
  const voters = t(i18n)`${plural(least, { one: "# voter", other: "# voters" })}`;
  if (visibility === "live") {
    return isAtOnce
      ? t(i18n)`Counts, to everybody`
      : t(i18n)`Counts, to everybody; in each region in steps of at least ${voters}`;
  }
  return isAtOnce
    ? t(i18n)`How many have voted, to nobody how`
    : t(i18n)`How many have voted, to nobody how; in each region in steps of at least ${voters}`;
}

/** What is published of single ballots. */
export function disclosureWords(i18n: I18n, { disclosure }: ApiDecision): string {
  if (disclosure === "roll_call") {
    return t(i18n)`Each counted ballot with its voter’s name, its choice and the reasons given`;
  }
  return disclosure === "pseudonymous"
    ? t(i18n)`Each counted ballot with its choice, and nobody’s name`
    : t(i18n)`The hash of each ballot, without its choice`;
}

/** Whether and how it may end before its time. */
export function earlyEndWords(i18n: I18n, { ends_early: endsEarly }: ApiDecision): string {
  if (endsEarly === "never") return t(i18n)`Not possible`;
  return endsEarly === "by_rule"
    ? t(i18n)`As soon as no vote to come can change the outcome`
    : t(i18n)`When the organiser closes it, which is public`;
}

/** Who may vote. */
export function electorateWords(i18n: I18n, { electorate, roll }: ApiDecision): string {
  if (electorate === "open") return t(i18n)`Whoever holds a ballot token`;
  if (roll === null) return t(i18n)`Voters on a roll that is not there yet`;
  const digits = formatInteger(i18n, roll.voters);
  return t(
    i18n,
  )`${plural(pluralOf(roll.voters), { one: `${digits} voter on the roll`, other: `${digits} voters on the roll` })}`;
}

/** How much a ballot counts. */
export function weightWords(
  i18n: I18n,
  { electorate, weight_max: weightMax }: ApiDecision,
): string {
  if (electorate === "roll") return t(i18n)`As the roll says`;
  if (weightMax === 1) return t(i18n)`Every ballot counts once`;
  return t(i18n)`Up to ${formatInteger(i18n, weightMax)}`;
}

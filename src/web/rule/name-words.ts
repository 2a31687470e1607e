import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import { formatNames } from "../i18n/format.ts";

/** Names that are told one by one; of more, how many there are. */
const namesTold = 8;

/** What a requirement is called: in the reader's words where it is of the platform's own rules. */
export function requirementName(i18n: I18n, id: string): string {
  const own: Record<string, string> = { ...majorityNames(i18n), ...bodyNames(i18n) };
  return Object.hasOwn(own, id) ? (own[id] ?? id) : nameAsWritten(id);
}

function majorityNames(i18n: I18n) {
  return {
    majority: t(i18n)`Majority`,
    two_thirds: t(i18n)`Two thirds`,
    three_quarters: t(i18n)`Three quarters`,
    three_fifths: t(i18n)`Three fifths`,
    quorum: t(i18n)`Quorum`,
    turnout: t(i18n)`Turnout`,
    approval: t(i18n)`Approval`,
    people: t(i18n)`People`,
    members: t(i18n)`Members`,
    weight: t(i18n)`Weight`,
    capital: t(i18n)`Capital`,
    population: t(i18n)`Population`,
    contributions: t(i18n)`Contributions`,
    regions: t(i18n)`Regions`,
    each_region: t(i18n)`Each region`,
  };
}

function bodyNames(i18n: I18n) {
  return {
    cantons: t(i18n)`Cantons`,
    states: t(i18n)`States`,
    houses: t(i18n)`Houses`,
    chambers: t(i18n)`Chambers`,
    nine: t(i18n)`Nine votes`,
    no_veto: t(i18n)`No veto`,
    no_objection: t(i18n)`No objection`,
    nobody_against: t(i18n)`Nobody against`,
    one_abstention_at_most: t(i18n)`One abstention at most`,
    union_or_its_members: t(i18n)`The Union or its members`,
    all_vote: t(i18n)`All vote`,
    concerned: t(i18n)`Those concerned`,
    delegations_present: t(i18n)`Delegations present`,
  };
}

/**
 * A name that a rule gives to groups, tables and units, as it stands within a sentence; in the
 * reader's words where it is of the platform's own rules.
 */
export function nameWords(i18n: I18n, name: string): string {
  const own: Record<string, string> = {
    cantons: t(i18n)`cantons`,
    cantonal_votes: t(i18n)`cantonal votes`,
    states: t(i18n)`states`,
    population: t(i18n)`population`,
    contributions: t(i18n)`contributions`,
    houses: t(i18n)`houses`,
    chambers: t(i18n)`chambers`,
    permanent_members: t(i18n)`permanent members`,
    delegations: t(i18n)`delegations`,
    concerned: t(i18n)`those concerned`,
    votes: t(i18n)`votes`,
    social: t(i18n)`social chamber`,
    environmental: t(i18n)`environmental chamber`,
    economic: t(i18n)`economic chamber`,
  };
  return Object.hasOwn(own, name) ? (own[name] ?? name) : nameAsWritten(name);
}

export function namesWords(i18n: I18n, names: readonly string[]): string {
  const shown = names.slice(0, namesTold).map((name) => nameWords(i18n, name));
  const rest = names.length - shown.length;
  if (rest === 0) return formatNames(i18n, shown);
  const more = t(i18n)`${plural(rest, { one: "# more", other: "# more" })}`;
  return formatNames(i18n, [...shown, more]);
}

/** A name that the rule gives: documents write "yes_votes" where people say "yes votes". */
function nameAsWritten(name: string): string {
  return name.replaceAll("_", " ");
}

import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { SampleName } from "./sample-tallies.ts";
import type { TemplateKey, TemplateKind } from "./templates.ts";

export type TemplateWords = { title: string; when: string };

/** What a template is for, and when it is the right one. */
export function templateWords(i18n: I18n, key: TemplateKey): TemplateWords {
  return { ...bodyTemplates(i18n), ...assemblyTemplates(i18n) }[key];
}

function bodyTemplates(i18n: I18n) {
  return {
    majority_with_quorum: {
      title: t(i18n)`A council’s vote by name`,
      when: t(
        i18n,
      )`More than half of the members take part, and more say yes than no. Everybody can read who voted how.`,
    },
    secret_ballot: {
      title: t(i18n)`A council’s secret ballot`,
      when: t(
        i18n,
      )`The same majority, and nobody learns how anybody voted, or any figure before the end.`,
    },
    two_thirds: {
      title: t(i18n)`A council’s two thirds`,
      when: t(i18n)`More than half take part, and at least two thirds of yes and no are yes.`,
    },
    three_chambers: {
      title: t(i18n)`Three chambers, each by majority`,
      when: t(i18n)`More yes than no in every one of three chambers.`,
    },
    chambers_and_two_thirds: {
      title: t(i18n)`Three chambers, and two thirds in all`,
      when: t(
        i18n,
      )`A rule of two parts: more yes than no in every chamber, and two thirds of all votes together.`,
    },
    delegations_without_objection: {
      title: t(i18n)`A basin commission without objection`,
      when: t(
        i18n,
      )`More than half of the delegations vote, at least half say yes, and none is against. Each state is a region.`,
    },
    states_and_contributions: {
      title: t(i18n)`A basin commission: states and contributions`,
      when: t(
        i18n,
      )`More than half of the states say yes, and those that do pay at least two thirds of the contributions.`,
    },
    parties_two_thirds: {
      title: t(i18n)`Parties to a treaty, two thirds`,
      when: t(
        i18n,
      )`More than half of the parties take part, and two thirds of those that vote yes or no vote yes.`,
    },
    parties_three_quarters: {
      title: t(i18n)`Parties to a treaty, three quarters`,
      when: t(i18n)`The same with three quarters, as amendments of annexes often need.`,
    },
  };
}

function assemblyTemplates(i18n: I18n) {
  return {
    members_and_weight: {
      title: t(i18n)`Members and their shares`,
      when: t(
        i18n,
      )`A rule of two parts: more than half of the members by head, and more than half by the weight of their shares.`,
    },
    shares_of_capital: {
      title: t(i18n)`Three quarters of the capital`,
      when: t(
        i18n,
      )`Votes count by weight alone: more than half of the capital takes part, and three quarters of it say yes.`,
    },
    statutes_of_association: {
      title: t(i18n)`A change of an association’s statutes`,
      when: t(
        i18n,
      )`At least a third of the members take part, and three quarters of yes and no are yes.`,
    },
    people_and_regions: {
      title: t(i18n)`People and regions`,
      when: t(i18n)`More yes than no in all, and in more than half of the regions.`,
    },
    open_consultation: {
      title: t(i18n)`An open consultation`,
      when: t(
        i18n,
      )`No list of voters: whoever you give a ballot to says yes or no, and may change it until the end.`,
    },
  };
}

export function templateKindWords(i18n: I18n, kind: TemplateKind): string {
  const words: Record<TemplateKind, string> = {
    councils: t(i18n)`Councils and committees`,
    cooperatives: t(i18n)`Cooperatives and associations`,
    basins: t(i18n)`Commissions of rivers and basins`,
    treaties: t(i18n)`Treaty bodies`,
    people: t(i18n)`Referendums and consultations`,
  };
  return words[kind];
}

/** The names of regions that a template begins with. */
export function templateRegionName(i18n: I18n, name: string): string {
  const words: Record<string, string> = {
    first_chamber: t(i18n)`First chamber`,
    second_chamber: t(i18n)`Second chamber`,
    third_chamber: t(i18n)`Third chamber`,
    first_state: t(i18n)`First state`,
    second_state: t(i18n)`Second state`,
    third_state: t(i18n)`Third state`,
    fourth_state: t(i18n)`Fourth state`,
    first_region: t(i18n)`First region`,
    second_region: t(i18n)`Second region`,
    third_region: t(i18n)`Third region`,
    fourth_region: t(i18n)`Fourth region`,
  };
  return words[name] ?? name;
}

/** The rules that come with the platform, as people know them. */
export function presetTitle(i18n: I18n, name: string): string | null {
  const words: Record<string, string> = {
    "simple-majority": t(i18n)`Simple majority`,
    "two-thirds-present-and-voting": t(i18n)`Two thirds of those present and voting`,
    "absolute-majority": t(i18n)`Absolute majority`,
    "iwc-three-quarters": t(i18n)`International Whaling Commission, three quarters`,
    "swiss-optional-referendum": t(i18n)`Switzerland, optional referendum`,
    "turnout-quorum-referendum": t(i18n)`Referendum with a turnout quorum (Italy)`,
    "approval-quorum-referendum": t(i18n)`Referendum with an approval quorum (Taiwan)`,
    "danish-constitution": t(i18n)`Denmark, constitutional referendum`,
    "us-senate-cloture": t(i18n)`United States Senate, cloture`,
    "swiss-double-majority": t(i18n)`Switzerland, people and cantons`,
    "eu-qualified-majority": t(i18n)`Council of the European Union, qualified majority`,
    "australian-double-majority": t(i18n)`Australia, electors and states`,
    "iucn-two-houses": t(i18n)`IUCN, two houses`,
    "un-security-council": t(i18n)`United Nations Security Council`,
    "rhine-commission": t(i18n)`Commission for the Protection of the Rhine`,
    "lake-constance-commission": t(i18n)`Commission for the Protection of Lake Constance`,
    "fsc-general-assembly": t(i18n)`Forest Stewardship Council, General Assembly`,
    "silence-procedure": t(i18n)`Silence procedure: carried unless somebody objects`,
  };
  return words[name] ?? null;
}

/** What is supposed in a sample. */
export function sampleWords(i18n: I18n, name: SampleName): string {
  const words: Record<SampleName, string> = {
    all_yes: t(i18n)`Everybody votes yes`,
    clear: t(i18n)`A clear yes`,
    two_thirds: t(i18n)`Exactly two thirds`,
    narrow: t(i18n)`A narrow yes`,
    equal: t(i18n)`As many yes as no`,
    few_came: t(i18n)`One in ten votes, all yes`,
    divided: t(i18n)`Half of the regions narrowly against, the others clearly for`,
    against_weight: t(i18n)`Most voters for, most weight against`,
  };
  return words[name];
}

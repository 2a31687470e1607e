import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { Check, CheckName, CheckReason } from "../../verification/check.ts";
import { formatInteger } from "../i18n/format.ts";

/** What a check looks at. */
export function checkWords(i18n: I18n, check: CheckName): string {
  const words: Record<CheckName, () => string> = {
    signature: () => t(i18n)`The outcome is signed by a key that is published.`,
    manifest: () => t(i18n)`The terms are those that the outcome names, and both say the same.`,
    counted_list: () =>
      t(
        i18n,
      )`The list of counted votes is complete and in order: its number and its root are as signed.`,
    others_list: () =>
      t(
        i18n,
      )`The list of ballots that do not count is complete and in order: its number and its root are as signed.`,
    ballot_hashes: () => t(i18n)`The hash of each vote is made of its choice.`,
    regions_and_weights: () => t(i18n)`Region and weight of each vote are bound to its hash.`,
    notes: () => t(i18n)`Names, reasons and times are as signed.`,
    shown_cells: () =>
      t(i18n)`As many votes of each region and weight are shown as the outcome says.`,
    ballots: () => t(i18n)`Yes, no and abstentions, counted again, are as signed.`,
    weight: () => t(i18n)`Their weights, added up again, are as signed.`,
    regional_tallies: () => t(i18n)`Each region, counted again, is as signed.`,
    rule: () => t(i18n)`The rule, applied to this count, gives the signed outcome.`,
    forecast: () => t(i18n)`What would have changed the outcome is as signed.`,
    openings: () => t(i18n)`Region, weight and choice of votes that are hidden here.`,
    voters: () => t(i18n)`Each vote is of a person who may vote, and nobody has two.`,
    withdrawals: () => t(i18n)`How many have taken their vote back.`,
    copies: () => t(i18n)`Database, results and log of actions say the same as the record.`,
  };
  return words[check]();
}

/** Why something was checked in part or not at all. */
export function reasonWords(i18n: I18n, reason: CheckReason): string {
  const words: Record<CheckReason, () => string> = {
    aggregate: () =>
      t(i18n)`This decision publishes hashes alone: its figures are taken as they were signed.`,
    cells_hidden: () =>
      t(i18n)`Of the others region and weight are hidden, since too few voters share them.`,
    regions_hidden: () => t(i18n)`Regions with too few voters are not shown.`,
    none_there: () => t(i18n)`This decision has none.`,
    no_ed25519: () => t(i18n)`This browser can’t check Ed25519 signatures. A newer one can.`,
    foundation_wrong: () => t(i18n)`What it rests on is wrong.`,
    needs_auditor: () => t(i18n)`That takes the key of an auditor.`,
  };
  return words[reason]();
}

/** How a check ended. */
export function stateWords(i18n: I18n, state: Check["state"]): string {
  const words: Record<Check["state"], () => string> = {
    passed: () => t(i18n)`Right`,
    failed: () => t(i18n)`Wrong`,
    partly: () => t(i18n)`In part`,
    not_checked: () => t(i18n)`Not checked`,
  };
  return words[state]();
}

/** "870,109", or how many of them; null for what has no number. */
export function countWords(i18n: I18n, { done, of }: Check): string | null {
  if (done === undefined || of === undefined) return null;
  const [some, all] = [formatInteger(i18n, done), formatInteger(i18n, of)];
  return done === of ? all : t(i18n)`${some} of ${all}`;
}

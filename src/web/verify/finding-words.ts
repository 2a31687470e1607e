import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { FindingCode, VerificationFinding } from "../../verification/finding.ts";
import { formatInteger } from "../i18n/format.ts";

/** What is wrong, in a sentence. */
export function findingWords(i18n: I18n, code: FindingCode): string {
  const words: Record<FindingCode, () => string> = {
    "outcome.malformed": () => t(i18n)`The outcome is not one of a certified decision.`,
    "outcome.other_decision": () => t(i18n)`The outcome is of another decision.`,
    "outcome.unsigned": () => t(i18n)`The outcome is not signed.`,
    "outcome.signature": () => t(i18n)`The signature does not fit the outcome.`,
    "outcome.contradicts": () => t(i18n)`Outcome and terms contradict each other.`,
    "keys.malformed": () => t(i18n)`The published keys can’t be read.`,
    "key.unknown": () => t(i18n)`The outcome names a key that is not published.`,
    "key.other": () => t(i18n)`It was signed by another key than yours.`,
    "manifest.malformed": () => t(i18n)`The terms can’t be read.`,
    "manifest.hash": () => t(i18n)`The terms are not those that the outcome names.`,
    "row.malformed": () => t(i18n)`A row of a list is not in its form.`,
    "list.order": () => t(i18n)`A list is out of order.`,
    "list.duplicate": () => t(i18n)`A hash stands twice in a list.`,
    "list.overlap": () => t(i18n)`A hash stands in both lists.`,
    "list.size": () => t(i18n)`A list has another number of rows than was signed.`,
    "list.root": () => t(i18n)`The root of a list is another than was signed.`,
    "list.rows_root": () => t(i18n)`Names, reasons or times are not as they were signed.`,
    "ballot.hash": () => t(i18n)`The hash of a vote is not made of its choice.`,
    "ballot.cell": () => t(i18n)`Region or weight of a vote are not those of its hash.`,
    "ballot.region": () => t(i18n)`A vote is of a region that this decision does not have.`,
    "cells.count": () =>
      t(i18n)`More or fewer votes of a region and weight are shown than was signed.`,
    "tally.total": () => t(i18n)`The votes, counted again, are not what was signed.`,
    "tally.region": () => t(i18n)`A region, counted again, is not what was signed.`,
    "tally.sum": () => t(i18n)`Figures of the outcome do not add up.`,
    "rule.malformed": () => t(i18n)`The rule can’t be applied.`,
    "rule.requirement": () => t(i18n)`A requirement of the rule comes to something else.`,
    "rule.outcome": () => t(i18n)`The rule, applied to this count, gives another outcome.`,
    "rule.sentence": () => t(i18n)`The outcome’s sentence says something else than the count.`,
    "rule.forecast": () => t(i18n)`What would have changed the outcome is another.`,
  };
  return words[code]();
}

/** Where it was found; empty where it has no place. */
export function placeWords(i18n: I18n, { list, row, region, member }: VerificationFinding): string {
  const number = row === undefined ? "" : formatInteger(i18n, row);
  if (list === "counted" && number !== "") return t(i18n)`Counted votes, row ${number}`;
  if (list === "others" && number !== "") return t(i18n)`Other ballots, row ${number}`;
  if (list === "counted") return t(i18n)`Counted votes`;
  if (list === "others") return t(i18n)`Other ballots`;
  if (region !== undefined) return t(i18n)`Region ${region}`;
  return member ?? "";
}

import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import { parseRule } from "../../../rules/parse-rule.ts";
import { findRuleWarnings, type RuleWarning } from "../../../rules/rule-warnings.ts";
import { limits } from "../../../shared/limits.ts";
import type { DraftMember, WholeDraft } from "./draft-body.ts";

/** What is allowed and may surprise, beside the field that it comes from. */
export type DraftWarning = { member: DraftMember; words: string };

/** What is known of the roll: how many are on it, and what they weigh together. */
export type KnownRoll = { voters: number; weight: string } | null;

/** Warns of what a draft allows and nobody expects; an empty list is no promise. */
export function draftWarnings(i18n: I18n, draft: WholeDraft, roll: KnownRoll): DraftWarning[] {
  return [
    ...ruleWarnings(i18n, draft, roll),
    ...releaseWarnings(i18n, draft, roll),
    ...secrecyWarnings(i18n, draft, roll),
    ...windowWarnings(i18n, draft),
  ];
}

function ruleWarnings(i18n: I18n, draft: WholeDraft, roll: KnownRoll): DraftWarning[] {
  const parsed = parseRule(draft.rule, limits);
  if ("faults" in parsed) return [];
  const words: Record<RuleWarning["code"], string> = {
    "rule.heads_of_weighted_ballots": t(
      i18n,
    )`Votes carry weights, and the rule counts heads: a large majority by weight may not be one here.`,
    "rule.weights_of_equal_ballots": t(
      i18n,
    )`The rule counts weights, and every vote weighs one: that comes to the same as heads.`,
    "rule.heads_and_weights": t(
      i18n,
    )`One part of the rule counts heads and another weights: whoever reads the result has to look at both.`,
    "rule.share_of_another_measure": t(
      i18n,
    )`The rule sets heads against weights: a share of one in the other means nothing.`,
  };
  const codes = new Set(
    findRuleWarnings(parsed.rule, hasWeights(draft, roll)).map(({ code }) => code),
  );
  return [...codes].map((code) => ({ member: "rule", words: words[code] }));
}

/** Whether some votes weigh more than others; null where nobody knows yet. */
function hasWeights({ electorate, weight_max: most }: WholeDraft, roll: KnownRoll): boolean | null {
  if (electorate === "open") return most > 1;
  return roll === null ? null : roll.weight !== String(roll.voters);
}

/** How many may vote; null where nobody knows yet. */
function votersOf(draft: WholeDraft, roll: KnownRoll): number | null {
  return draft.electorate === "open"
    ? (draft.electorate_size?.voters ?? null)
    : (roll?.voters ?? null);
}

/** Before the close figures stay behind by a step, and the first come after two. */
function releaseWarnings(i18n: I18n, draft: WholeDraft, roll: KnownRoll): DraftWarning[] {
  const voters = votersOf(draft, roll);
  if (draft.disclosure === "roll_call" || draft.visibility === "sealed" || voters === null)
    return [];
  const first = 2 * draft.release_min;
  const shares = Math.max(1, draft.regions.length);
  if (voters >= first * shares) return [];
  const words =
    voters < first
      ? t(
          i18n,
        )`Too few may vote for results to be shown before the close: the first figures come after ${first} votes, and there are ${voters} voters.`
      : t(
          i18n,
        )`With so many regions some are too small for results before the close: each shows its first figures after ${first} votes.`;
  return [{ member: "release_min", words }];
}

function secrecyWarnings(i18n: I18n, draft: WholeDraft, roll: KnownRoll): DraftWarning[] {
  if (draft.disclosure === "roll_call") return [];
  const least = Math.max(draft.small_cells_min, limits.cellVotersMin);
  const voters = votersOf(draft, roll);
  const small = draft.electorate_size?.regions?.filter(({ voters: some }) => some < least) ?? [];
  const found: DraftWarning[] = [];
  if (voters !== null && voters < least)
    found.push({
      member: "disclosure",
      words: t(
        i18n,
      )`With ${voters} voters a secret vote hides little: if all vote alike, everybody knows how each voted.`,
    });
  if (draft.electorate === "open" && small.length > 0)
    found.push({
      member: "small_cells_min",
      words: t(i18n)`${plural(small.length, {
        one: `A region has fewer than ${least} voters: its figures are added to others and not shown by themselves.`,
        other: `# regions have fewer than ${least} voters: their figures are added to others and not shown by themselves.`,
      })}`,
    });
  if (hasWeights(draft, roll) === true)
    found.push({
      member: "small_cells_min",
      words: t(
        i18n,
      )`Votes carry weights. Whoever is alone in a region with a weight could be known by the sums: you are asked about it before the vote opens.`,
    });
  return found;
}

function windowWarnings(i18n: I18n, draft: WholeDraft): DraftWarning[] {
  const { opens_at: opens, closes_at: closes, ends_early: early } = draft;
  if (closes === null && early !== "by_organiser")
    return [
      {
        member: "closes_at",
        words: t(i18n)`Nothing would end it: set an end, or let yourself close it.`,
      },
    ];
  const minutes = opens === null || closes === null ? null : minutesBetween(opens, closes);
  if (minutes !== null && minutes > 0 && minutes < shortMinutes)
    return [
      {
        member: "closes_at",
        words: t(i18n)`${plural(minutes, {
          one: "Voting takes # minute only.",
          other: "Voting takes # minutes only.",
        })}`,
      },
    ];
  return [];
}

/** A window that is shorter than this may be a slip of the day or the hour. */
const shortMinutes = 15;

function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}

import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type {
  Clause,
  MeasureDescription,
  UnitsDescription,
  VotesDescription,
} from "../../rules/describe-rule.ts";
import { formatInteger, formatNames } from "../i18n/format.ts";
import { namesWords, nameWords } from "./name-words.ts";

type Comparison = Extract<Clause, { type: "compare" }>;
type UnitsMeasure = Extract<MeasureDescription, { type: "units" }>;
type SharesMeasure = Extract<MeasureDescription, { type: "shares" }>;
type Stance = Extract<Clause, { type: "stance" }>;
type VoteKind = VotesDescription["plus"][number];

/**
 * A clause as the condition of a sentence, as in "it is carried if …". A measure is told in two
 * ways: as what is counted ("the number of yes votes"), and as the whole that a share is of ("all
 * yes and no votes").
 */
export function conditionWords(i18n: I18n, clause: Clause): string {
  switch (clause.type) {
    case "stance":
      return stanceWords(i18n, clause);
    case "compare":
      return comparisonWords(i18n, clause);
    case "all":
    case "any": {
      const type = clause.type === "all" ? "conjunction" : "disjunction";
      const parts = clause.clauses.map((part) => conditionWords(i18n, part));
      return new Intl.ListFormat(i18n.locale, { type }).format(parts);
    }
    case "not":
      return t(i18n)`it is not so that ${conditionWords(i18n, clause.clause)}`;
    case "each": {
      const { units, clause: met } = clause;
      const each =
        units.type === "listed"
          ? namesWords(i18n, units.names)
          : t(i18n)`the ${unitsWords(i18n, units)}`;
      return t(i18n)`in each of ${each}, ${conditionWords(i18n, met)}`;
    }
    default:
      return t(i18n)`in ${namesWords(i18n, clause.parts)}, ${conditionWords(i18n, clause.clause)}`;
  }
}

function stanceWords(i18n: I18n, { stance, by }: Stance): string {
  if (stance === "voting") return t(i18n)`somebody votes`;
  const words =
    by === "ballots"
      ? {
          for: t(i18n)`more vote yes than no`,
          against: t(i18n)`more vote no than yes`,
          not_for: t(i18n)`no more vote yes than no`,
          not_against: t(i18n)`no more vote no than yes`,
        }
      : {
          for: t(i18n)`yes has more weight than no`,
          against: t(i18n)`no has more weight than yes`,
          not_for: t(i18n)`yes has no more weight than no`,
          not_against: t(i18n)`no has no more weight than yes`,
        };
  return words[stance];
}

function comparisonWords(i18n: I18n, comparison: Comparison): string {
  const count = countWords(i18n, comparison.count);
  if (comparison.bound === "at_most" && comparison.figure === "0") return t(i18n)`${count} is zero`;
  const needed = thresholdWords(i18n, comparison);
  const words = {
    at_least: t(i18n)`${count} is at least ${needed}`,
    more_than: t(i18n)`${count} is more than ${needed}`,
    at_most: t(i18n)`${count} is at most ${needed}`,
    less_than: t(i18n)`${count} is less than ${needed}`,
  };
  return words[comparison.bound];
}

function thresholdWords(i18n: I18n, { figure, of, rounded }: Comparison): string {
  const share = figureWords(i18n, figure);
  if (of === null) return share;
  if (figure === "1") return countWords(i18n, of);
  const whole = wholeWords(i18n, of);
  if (rounded === null) return t(i18n)`${share} of ${whole}`;
  const words = {
    up: t(i18n)`${share} of ${whole}, rounded up`,
    down: t(i18n)`${share} of ${whole}, rounded down`,
    nearest: t(i18n)`${share} of ${whole}, rounded to the nearest whole number`,
  };
  return words[rounded];
}

/** An exact figure: `"3"` in digits of the language, `"2/3"` as it is. */
export function figureWords(i18n: I18n, figure: string): string {
  return figure.includes("/") ? figure : formatInteger(i18n, BigInt(figure));
}

/** A measure as what is counted, always in the singular. */
function countWords(i18n: I18n, measure: MeasureDescription): string {
  switch (measure.type) {
    case "votes": {
      const votes = votesWords(i18n, measure);
      return measure.by === "ballots"
        ? t(i18n)`the number of ${votes}`
        : t(i18n)`the weight of ${votes}`;
    }
    case "units":
      return unitsCountWords(i18n, measure);
    case "shares":
      return sharesWords(i18n, measure);
    default:
      return t(i18n)`${countWords(i18n, measure.measure)} in ${namesWords(i18n, measure.parts)}`;
  }
}

/** A measure as the whole that a share is of. */
function wholeWords(i18n: I18n, measure: MeasureDescription): string {
  switch (measure.type) {
    case "votes": {
      const votes = votesWords(i18n, measure);
      return measure.by === "ballots" ? t(i18n)`all ${votes}` : t(i18n)`the weight of all ${votes}`;
    }
    case "units":
      return measure.weigh === "one"
        ? t(i18n)`all ${unitsThatWords(i18n, measure)}`
        : unitsCountWords(i18n, measure);
    case "shares":
      return sharesWords(i18n, measure);
    default:
      return t(i18n)`${wholeWords(i18n, measure.measure)} in ${namesWords(i18n, measure.parts)}`;
  }
}

function votesWords(i18n: I18n, { plus, less }: VotesDescription): string {
  const counted = kindsWords(i18n, plus);
  return less.length === 0 ? counted : t(i18n)`${counted} without ${kindsWords(i18n, less)}`;
}

function kindsWords(i18n: I18n, kinds: readonly VoteKind[]): string {
  if (kinds.join() === "yes,no") return t(i18n)`yes and no votes`;
  if (kinds.join() === "yes,no,abstain") return t(i18n)`yes and no votes and abstentions`;
  const words: Record<VoteKind, string> = {
    yes: t(i18n)`yes votes`,
    no: t(i18n)`no votes`,
    abstain: t(i18n)`abstentions`,
    blank: t(i18n)`blank ballots`,
    invalid: t(i18n)`invalid ballots`,
    cast: t(i18n)`ballots cast`,
    present: t(i18n)`voters present`,
    eligible: t(i18n)`eligible voters`,
  };
  return formatNames(
    i18n,
    kinds.map((kind) => words[kind]),
  );
}

function unitsCountWords(i18n: I18n, measure: UnitsMeasure): string {
  const units = unitsThatWords(i18n, measure);
  if (measure.weigh === "one") return t(i18n)`the number of ${units}`;
  if (measure.weigh === "eligible") return t(i18n)`the number of eligible voters of ${units}`;
  return t(i18n)`the sum of “${nameWords(i18n, measure.weigh.table)}” over the ${units}`;
}

/** Units, and what each has to meet. */
function unitsThatWords(i18n: I18n, { units, that, called }: UnitsMeasure): string {
  const noun = called === null ? unitsWords(i18n, units) : nameWords(i18n, called);
  return that === null ? noun : t(i18n)`${noun} in which ${conditionWords(i18n, that)}`;
}

/** Units as a noun in the plural, without an article. */
function unitsWords(i18n: I18n, units: UnitsDescription): string {
  switch (units.type) {
    case "regions":
      return t(i18n)`regions`;
    case "members":
      return t(i18n)`members`;
    case "group":
      return t(i18n)`members of “${nameWords(i18n, units.group)}”`;
    case "table":
      return t(i18n)`regions of the table “${nameWords(i18n, units.table)}”`;
    default:
      return t(i18n)`regions among ${namesWords(i18n, units.names)}`;
  }
}

function sharesWords(i18n: I18n, measure: SharesMeasure): string {
  const table = nameWords(i18n, measure.table);
  const { called } = measure;
  const units = called === null ? unitsWords(i18n, measure.units) : nameWords(i18n, called);
  const part = votesWords(i18n, measure.part);
  const whole = wholeWords(i18n, measure.of_each);
  return measure.when_empty === "lost"
    ? t(
        i18n,
      )`the sum of the shares “${table}” of the ${units}, each multiplied by the part that ${part} are there of ${whole}`
    : t(
        i18n,
      )`the sum of the shares “${table}” of the ${units} with votes, each multiplied by the part that ${part} are there of ${whole}, the shares of those without votes being spread over the others`;
}

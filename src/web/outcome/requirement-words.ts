import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { Clause, RuleDescription } from "../../rules/describe-rule.ts";
import type { ApiRequirement } from "../contract.ts";
import { namesWords } from "../rule/name-words.ts";
import { conditionWords, figureWords } from "../rule/rule-words.ts";

/** What a requirement found, as the API and an evaluation in the browser have it. */
export type RequirementView = Omit<ApiRequirement, "sentence" | "parts" | "clause"> & {
  parts: PartView[];
  clause: PartView | null;
};
type PartView = Omit<ApiRequirement["parts"][number], "sentence">;
type FindingView = PartView & Partial<Pick<RequirementView, "parts">>;

type DescribedRequirement = RuleDescription["requirements"][number];

/** What was needed and what there was; of a requirement of parts also each of them. */
export type RequirementWords = {
  words: string;
  parts: { isMet: boolean; words: string }[];
};

/** A requirement in the reader's words; without its description, only what was counted. */
export function requirementWords(
  i18n: I18n,
  finding: RequirementView,
  described: DescribedRequirement | undefined,
): RequirementWords {
  if (described === undefined) return { words: figuresWords(i18n, finding), parts: [] };
  const { clause, deemed_met_when: otherwise } = described;
  const own = partsWords(i18n, clause, finding) ?? {
    words: findingWords(i18n, clause, finding),
    parts: [],
  };
  if (otherwise === null || finding.clause === null) return own;
  const { met: isMet } = finding.clause;
  const words = t(i18n)`Or else: ${findingWords(i18n, otherwise, finding.clause)}`;
  return { ...own, parts: [...own.parts, { isMet, words }] };
}

/** Null for a clause that is not put together from others. */
function partsWords(i18n: I18n, clause: Clause, finding: FindingView): RequirementWords | null {
  if (clause.type === "within") {
    const inner = partsWords(i18n, clause.clause, finding);
    if (inner === null) return null;
    const scope = t(i18n)`In ${namesWords(i18n, clause.parts)}.`;
    return { ...inner, words: `${scope} ${inner.words}` };
  }
  if (clause.type !== "all" && clause.type !== "any") return null;
  const parts = clause.clauses.flatMap((each, index) => {
    const found = finding.parts?.[index];
    return found === undefined
      ? []
      : [{ isMet: found.met, words: findingWords(i18n, each, found) }];
  });
  const words =
    clause.type === "all" ? t(i18n)`All of this is needed:` : t(i18n)`Any of this is enough:`;
  return { words, parts };
}

/** What a clause needs, and what there was. */
function findingWords(i18n: I18n, clause: Clause, finding: FindingView): string {
  const counted = countedWords(i18n, clause, finding);
  return [neededWords(i18n, clause, finding), ...(counted === null ? [] : [counted])].join(" ");
}

function neededWords(i18n: I18n, clause: Clause, { bound, needed }: FindingView): string {
  const condition = conditionWords(i18n, clause);
  const inner = withoutScope(clause);
  // A share is also told as the first figure that reaches it; a number tells that already.
  if (needed === null || inner.type !== "compare") return t(i18n)`Needed: ${condition}.`;
  if (inner.of === null && inner.figure === needed) return t(i18n)`Needed: ${condition}.`;
  const figure = figureWords(i18n, needed);
  return bound === "at_least" || bound === "more_than"
    ? t(i18n)`Needed: ${condition}; that is at least ${figure}.`
    : t(i18n)`Needed: ${condition}; that is at most ${figure}.`;
}

/** Null where the finding has no figures of its own, as one that is put together from others. */
function countedWords(i18n: I18n, clause: Clause, finding: FindingView): string | null {
  const inner = withoutScope(clause);
  switch (inner.type) {
    case "compare":
      return figuresWords(i18n, finding);
    case "stance":
      return stanceCounted(i18n, inner, finding);
    case "each":
      return [figuresWords(i18n, finding), ...missedWords(i18n, finding)].join(" ");
    case "not": {
      const [part] = finding.parts ?? [];
      return part === undefined ? null : countedWords(i18n, inner.clause, part);
    }
    default:
      return null;
  }
}

function figuresWords(i18n: I18n, { actual, base }: FindingView): string {
  if (actual === null) return t(i18n)`The figures are of regions that are not shown.`;
  const counted = figureWords(i18n, actual);
  return base === null
    ? t(i18n)`Counted: ${counted}.`
    : t(i18n)`Counted: ${counted} of ${figureWords(i18n, base)}.`;
}

function stanceCounted(
  i18n: I18n,
  { stance }: Extract<Clause, { type: "stance" }>,
  finding: FindingView,
): string | null {
  if (stance === "voting") return figuresWords(i18n, finding);
  const isDenied = stance === "not_for" || stance === "not_against";
  const found = isDenied ? finding.parts?.[0] : finding;
  if (found === undefined) return null;
  const { actual, base } = found;
  if (actual === null || base === null) return figuresWords(i18n, found);
  const figures = [figureWords(i18n, actual), figureWords(i18n, base)];
  const [yes, no] = stance === "for" || stance === "not_for" ? figures : [figures[1], figures[0]];
  return t(i18n)`Counted: yes ${yes}, no ${no}.`;
}

/** Which units did not meet it; of those that are not shown, how many. */
function missedWords(i18n: I18n, { units, missed }: FindingView): string[] {
  const names = units.filter(({ met }) => !met).map(({ unit }) => unit);
  const hidden = Number(missed ?? 0) - names.length;
  return [
    ...(names.length === 0 ? [] : [t(i18n)`Not met by: ${namesWords(i18n, names)}.`]),
    ...(hidden > 0
      ? [
          t(
            i18n,
          )`${plural(hidden, { one: "Not met by # that is not shown.", other: "Not met by # that are not shown." })}`,
        ]
      : []),
  ];
}

function withoutScope(clause: Clause): Clause {
  return clause.type === "within" ? withoutScope(clause.clause) : clause;
}

import {
  castIn,
  noRegion,
  toFigures,
  wholeScope,
  type Figures,
  type RuleInput,
} from "../figures.ts";
import { isMet } from "../evaluate-test.ts";
import type { EvaluationContext } from "../measure.ts";
import type { Counting, Rule, Test } from "../rule.ts";
import { countedBy, namedRegions } from "./counted-by.ts";
import { certaintyOf, type Certainty } from "./certainty.ts";
import { leastSteps, type LeastSteps } from "./least-steps.ts";
import { moveFiguresByRegion, type Move, type Headroom } from "./move.ts";
import type { Search } from "./options.ts";

/** What may still come of a decision, or could have. */
export type Forecast = {
  /** What a step is: a ballot, or a unit of weight where the rule counts by weight and weights differ. */
  countedBy: Counting;
  /** Open: carried or lost whatever the votes still to come; `open` where neither is proven. Closed: as it is. */
  certainty: "carried" | "lost" | "open";
  /** Open: further yes votes that would carry it, if nobody else voted. */
  furtherYes: LeastSteps | null;
  /** Closed and not carried: votes that would have had to go from no to yes. */
  noToYes: LeastSteps | null;
  /** Closed and carried: votes that would have had to go from yes to no. */
  yesToNo: LeastSteps | null;
};

/** The headroom where nobody knows how many may vote: enough for any search. */
const unknownHeadroom = 10n ** 30n;

/**
 * What is still needed, and whether it can still change. Give only an input that `evaluateOutcome` has accepted. Null where a rule counts ballots and
 * weight both and the voters' weights differ: a further vote has then no one size.
 */
export function forecastOutcome(rule: Rule, input: RuleInput): Forecast | null {
  const context: EvaluationContext = { figures: toFigures(input), groups: rule.groups };
  const target = wholeTest(rule);
  const countings = countedBy(target);
  const isEven = areWeightsEven(context.figures);
  const [first = "ballots"] = countings;
  if (!isEven && countings.length > 1) return null;
  const by: readonly Counting[] = isEven ? ["ballots", "weight"] : [first];
  const searchFor = (changes: Move["changes"], headroom: Headroom): Search => ({
    context,
    move: { changes, by },
    headroom,
    isPresenceRecorded: context.figures.whole[first].present !== null,
  });
  if (!input.isClosed) {
    const named = namedRegions(target, rule.groups);
    const { headroom, isKnown, all } = remainingVotes(context.figures, first, named);
    const furtherYes = atMost(all, leastSteps(target, searchFor({ yes: 1n }, headroom)));
    const certainty = certaintyOf(target, wholeScope, { context, headroom, by });
    const isProvable = isKnown && !isPresenceMixed(context.figures, first);
    const said = isProvable
      ? verdictOf(certainty, furtherYes, context, headroom, by, target)
      : "open";
    return { countedBy: first, certainty: said, furtherYes, noToYes: null, yesToNo: null };
  }
  const isCarried = isMet(target, wholeScope, context);
  const votesFor = (kind: "yes" | "no") => votesOfKind(context.figures, first, kind);
  return {
    countedBy: first,
    certainty: isCarried ? "carried" : "lost",
    furtherYes: null,
    noToYes: isCarried ? null : leastSteps(target, searchFor({ yes: 1n, no: -1n }, votesFor("no"))),
    yesToNo: isCarried
      ? leastSteps({ type: "not", test: target }, searchFor({ yes: -1n, no: 1n }, votesFor("yes")))
      : null,
  };
}

/** All requirements, each by itself or by its clause, as one test. */
function wholeTest(rule: Rule): Test {
  return {
    type: "all",
    tests: rule.requirements.map(({ test, deemedMetWhen }) =>
      deemedMetWhen === null ? test : { type: "any", tests: [test, deemedMetWhen] },
    ),
  };
}

function verdictOf(
  certainty: Certainty,
  furtherYes: LeastSteps,
  context: EvaluationContext,
  headroom: Headroom,
  by: Move["by"],
  target: Test,
): Forecast["certainty"] {
  if (certainty === "met") return "carried";
  if (certainty === "unmet" || furtherYes.type === "impossible") {
    // A last look at what was proven: if anything could still carry it, nothing here would be lost.
    const figures = moveFiguresByRegion(context.figures, { changes: { yes: 1n }, by }, headroom);
    return isMet(target, wholeScope, { ...context, figures }) ? "open" : "lost";
  }
  return "open";
}

function areWeightsEven({ regions, whole }: Figures): boolean {
  return [...regions.values(), whole].every(
    ({ ballots, weight }) =>
      ballots.yes === weight.yes &&
      ballots.no === weight.no &&
      ballots.abstain === weight.abstain &&
      ballots.blank === weight.blank &&
      ballots.invalid === weight.invalid &&
      ballots.present === weight.present &&
      ballots.eligible === weight.eligible,
  );
}

function votesOfKind(figures: Figures, by: Counting, kind: "yes" | "no"): Headroom {
  return new Map(
    regionsOf(figures).map(([code, figures]) => [code, atLeastNothing(figures[by][kind])]),
  );
}

/** Votes still to come: of those present, where presence was recorded, else of the eligible. */
function remainingVotes(
  figures: Figures,
  by: Counting,
  named: readonly string[],
): { headroom: Headroom; isKnown: boolean; all: bigint | null } {
  const leftIn = (figures: { present: bigint | null; eligible: bigint | null }, cast: bigint) => {
    const most = figures.present ?? figures.eligible;
    return most === null ? null : atLeastNothing(most - cast);
  };
  const all = leftIn(figures.whole[by], castIn(figures.whole[by]));
  const regions = regionsOf(figures).map(([code, figures]) => {
    return [code, leftIn(figures[by], castIn(figures[by]))] as const;
  });
  const isHere = new Set(regions.map(([code]) => code));
  const silent = named.filter((code) => !isHere.has(code)).map((code) => [code, null] as const);
  const everywhere = [...regions, ...silent];
  const isKnown = everywhere.every(([, left]) => left !== null);
  const headroom = new Map(
    everywhere.map(([code, left]) => [code, left ?? all ?? unknownHeadroom]),
  );
  return { headroom, isKnown, all };
}

/**
 * Where presence is recorded in some regions alone, that of the whole still grows with votes in the others, which no region's own figures
 * say: nothing is called certain then.
 */
function isPresenceMixed(figures: Figures, by: Counting): boolean {
  const regions = regionsOf(figures);
  const recorded = regions.filter(([, figures]) => figures[by].present !== null).length;
  return recorded > 0 && recorded < regions.length;
}

/** Where only the whole electorate is known, regions can't take more together than it has left. */
function atMost(all: bigint | null, least: LeastSteps): LeastSteps {
  if (least.type !== "found" || all === null || least.steps <= all) return least;
  return least.atLeast > all ? { type: "impossible" } : { type: "unknown" };
}

/** Without regions the whole is the one region there is. */
function regionsOf(figures: Figures) {
  return figures.regions.size === 0
    ? [[noRegion, figures.whole] as const]
    : [...figures.regions.entries()];
}

function atLeastNothing(figure: bigint): bigint {
  return figure > 0n ? figure : 0n;
}

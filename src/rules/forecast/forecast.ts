import { ballotKinds, type Figures } from "../figures.ts";
import { countedBy, namedRegions } from "../counted-by.ts";
import { isMet } from "../evaluate-test.ts";
import { RuleError } from "../json-node.ts";
import type { Counting, Rule, Test } from "../rule.ts";
import type { RuleInput } from "../rule-input.ts";
import { wholeScope } from "../scope.ts";
import { contextOf } from "../to-figures.ts";
import type { EvaluationContext } from "../units.ts";
import { Work, WorkExceededError } from "../work.ts";
import { certaintyOf, type ForecastContext } from "./certainty.ts";
import { directionOf } from "./direction.ts";
import { headroomOfCast, isPresenceMixed, remainingVotes, type Headroom } from "./headroom.ts";
import {
  isMetByAll,
  leastSteps,
  notSearchable,
  type LeastSteps,
  type UnknownReason,
} from "./least-steps.ts";
import type { SearchContext } from "./search.ts";
import type { Step } from "./step.ts";

/** What may still come of a decision, or could have. */
export type Forecast = {
  /**
   * What a step is: a ballot, or a unit of weight where the rule counts by weight and weights
   * differ.
   */
  countedBy: Counting;
  /**
   * Open: carried or lost whatever the votes still to come; `open` where neither is proven. Closed:
   * as it is.
   */
  certainty: "carried" | "lost" | "open";
  /** Open: further yes votes that would carry it, if nobody else voted. */
  furtherYes: LeastSteps | null;
  /** Closed and not carried: votes that would have had to go from no to yes. */
  noToYes: LeastSteps | null;
  /** Not carried as it stands: abstentions that would carry it, had they been yes. */
  abstainToYes: LeastSteps | null;
  /** Closed and carried: votes that would have had to go from yes to no. */
  yesToNo: LeastSteps | null;
};

/**
 * Says what is still needed, and whether it can still change. Give only an input that
 * `evaluateOutcome` has accepted. Null where a rule counts both ballots and weight and the voters'
 * weights differ: then a further vote has no one size. What takes more work than is left is
 * unknown, and so is what lacks a figure: nothing is thrown.
 */
export function forecastOutcome(
  rule: Rule,
  input: RuleInput,
  work: Work = new Work(usualWork),
): Forecast | null {
  const target = wholeTest(rule);
  const countings = countedBy(target);
  const [counting = "ballots"] = countings;
  // Without a bound, since an evaluation has done the same.
  const reading = new Work(Infinity);
  const read = contextOf(rule, input, reading);
  work.add(reading.spent);
  const isEven = areWeightsEven(read.figures);
  if (!isEven && countings.length > 1) return null;
  const by: readonly Counting[] = isEven ? ["ballots", "weight"] : [counting];
  const task = { context: { ...read, work }, target, counting, by };
  return input.isClosed ? forecastClosed(task) : forecastOpen(task);
}

/** Some 20 ms: enough for the exact search of 27 states by number and population. */
const usualWork = 200_000;

interface ForecastTask {
  context: EvaluationContext;
  /** All requirements as one test. */
  target: Test;
  /** What a step is counted in, */
  counting: Counting;
  /** and the counts that it changes. */
  by: readonly Counting[];
}

function forecastOpen(task: ForecastTask): Forecast {
  const { context, target, counting, by } = task;
  const { figures, groups } = context;
  const named = namedRegions(target, groups);
  const { headroom, isKnown, total } = remainingVotes(figures, counting, named);
  const search = searchContext(task, { yes: 1n }, headroom);
  // Presence in the whole then grows with votes in some regions alone, which no figure of them
  // says.
  const isProvable = isKnown && !isPresenceMixed(figures, counting);
  const isDecidedNow = () => provenOutcome({ target, search }, { ...context, headroom, by });
  // First what is settled: a decision may end by it, and it takes less work than the search.
  const certainty = isProvable ? unlessStopped(isDecidedNow, () => "open" as const) : "open";
  const furtherYes = searchFor(() => atMost(total, leastSteps(target, search)));
  return {
    countedBy: counting,
    certainty,
    furtherYes,
    noToYes: null,
    abstainToYes: abstentionsBeside(furtherYes, task),
    yesToNo: null,
  };
}

function forecastClosed(task: ForecastTask): Forecast {
  const { context, target, counting } = task;
  const evaluating = new Work(Infinity);
  const isCarried = isMet(target, wholeScope, { ...context, work: evaluating });
  context.work.add(evaluating.spent);
  const searchFrom = (kind: "yes" | "no", changes: Step["changes"]) =>
    searchContext(task, changes, headroomOfCast(context.figures, counting, kind));
  const negated: Test = { type: "not", test: target };
  return {
    countedBy: counting,
    certainty: isCarried ? "carried" : "lost",
    furtherYes: null,
    noToYes: isCarried
      ? null
      : searchFor(() => leastSteps(target, searchFrom("no", { yes: 1n, no: -1n }))),
    abstainToYes: isCarried ? null : changedAbstentions(task),
    yesToNo: isCarried
      ? searchFor(() => leastSteps(negated, searchFrom("yes", { yes: -1n, no: 1n })))
      : null,
  };
}

/** Nothing where it would be carried as it stands, nor known where that is not. */
function abstentionsBeside(furtherYes: LeastSteps, task: ForecastTask): LeastSteps | null {
  if (furtherYes.type === "met") return null;
  const isStopped = furtherYes.type === "unknown" && furtherYes.reason !== notSearchable.reason;
  return isStopped ? furtherYes : changedAbstentions(task);
}

function changedAbstentions(task: ForecastTask): LeastSteps {
  const { context, target, counting } = task;
  const abstentions = headroomOfCast(context.figures, counting, "abstain");
  // Nothing is looked for where nobody has abstained, as most often.
  if ([...abstentions.values()].every((count) => count === 0n)) return { type: "impossible" };
  const search = searchContext(task, { yes: 1n, abstain: -1n }, abstentions);
  return searchFor(() => leastSteps(target, search));
}

function searchFor(search: () => LeastSteps): LeastSteps {
  return unlessStopped(search, (reason) => ({ type: "unknown", reason }));
}

/** What is looked for, unless the work runs out or a figure is missing that votes to come need. */
function unlessStopped<Found>(look: () => Found, stopped: (reason: UnknownReason) => Found): Found {
  try {
    return look();
  } catch (error) {
    if (error instanceof WorkExceededError) return stopped("too_much_work");
    if (error instanceof RuleError) return stopped("figure_missing");
    throw error;
  }
}

function searchContext(
  { context, counting, by }: ForecastTask,
  changes: Step["changes"],
  headroom: Headroom,
): SearchContext {
  const isPresenceRecorded = context.figures.whole[counting].present !== null;
  return {
    ...context,
    step: { changes, by },
    headroom,
    isPresenceRecorded,
    directions: new Map(),
    metByAll: new Map(),
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

interface OpenTask {
  target: Test;
  search: SearchContext;
}

function provenOutcome(
  { target, search }: OpenTask,
  context: ForecastContext,
): Forecast["certainty"] {
  const certainty = certaintyOf(target, wholeScope, context);
  if (certainty === "met") return "carried";
  if (certainty === "open" && !isYesBest(target, search)) return "open";
  // If all votes that are left can carry it, it is not lost.
  return isMetByAll(target, search) ? "open" : "lost";
}

/**
 * Whether a further yes helps a test at least as much as any other vote, and as none at all: else
 * votes of another kind may carry what yes votes can't, as where a rule asks for votes against.
 */
function isYesBest(target: Test, search: SearchContext): boolean {
  const others = ballotKinds.filter((kind) => kind !== "yes");
  const steps = [{ yes: 1n }, ...others.map((kind) => ({ yes: 1n, [kind]: -1n }))];
  return steps.every((changes) => {
    const step = { ...search.step, changes };
    const direction = directionOf(target, { ...search, step, directions: new Map() });
    return direction === "up" || direction === "flat";
  });
}

/** Whether every vote has weight 1. */
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

/** Where only the whole electorate is known, regions can't take more together than it has left. */
function atMost(total: bigint | null, least: LeastSteps): LeastSteps {
  if (least.type !== "found" || total === null || least.steps <= total) return least;
  return least.atLeast > total ? { type: "impossible" } : notSearchable;
}

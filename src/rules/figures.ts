import { RuleError } from "./json-node.ts";
import type { BallotMeasure, Counting, Kind } from "./rule.ts";
import type { Scope } from "./scope.ts";
import type { Work } from "./work.ts";
import { workUnits } from "./work-units.ts";

export const ballotKinds = ["yes", "no", "abstain", "blank", "invalid"] as const;
export type BallotKind = (typeof ballotKinds)[number];

/** Presence that nobody recorded and an electorate that nobody gave are null. */
export type CountsByKind = Record<BallotKind, bigint> & {
  present: bigint | null;
  eligible: bigint | null;
};

/** The counts of one region, or of several together: of ballots, and by weight. */
export type ScopeFigures = Record<Counting, CountsByKind>;

/** What a rule is evaluated on: every region, the voters of none of them, and the whole. */
export type Figures = {
  readonly regions: ReadonlyMap<string, ScopeFigures>;
  readonly whole: ScopeFigures;
};

/** Figures, and the work that counting in them is added to. */
export interface FiguresContext {
  readonly figures: Figures;
  readonly work: Work;
}

/** The code of voters who are in no region. */
export const noRegion = "";

/** The codes of the regions that have a name. */
export function regionCodes(figures: Figures): string[] {
  return [...figures.regions.keys()].filter((code) => code !== noRegion);
}

/**
 * Counts the kinds of a measure in a scope. A region without a tally counts nothing.
 * @throws {RuleError} where the electorate is asked for and nobody gave it
 */
export function countKinds(
  measure: Pick<BallotMeasure, "by" | "plus" | "less">,
  scope: Scope,
  { figures, work }: FiguresContext,
): bigint {
  work.spend(workUnits.count);
  const { regions } = scope;
  if (regions === null) return countIn(figures.whole[measure.by], measure, null);
  const [only] = regions;
  if (only !== undefined && regions.length === 1) {
    return countIn(figures.regions.get(only)?.[measure.by] ?? noCounts, measure, only);
  }
  const sum = sumOfRegions(regions, { figures, work })[measure.by];
  if (sum.eligible !== null || !isOfEligible(measure)) return countIn(sum, measure, null);
  throw missingElectorate(
    regions.find((code) => (figures.regions.get(code)?.[measure.by].eligible ?? null) === null) ??
      null,
  );
}

function isOfEligible({ plus, less }: Pick<BallotMeasure, "plus" | "less">): boolean {
  return plus.includes("eligible") || less.includes("eligible");
}

/** The counts of a region that nobody gave. */
const noCounts: CountsByKind = {
  yes: 0n,
  no: 0n,
  abstain: 0n,
  blank: 0n,
  invalid: 0n,
  present: null,
  eligible: null,
};
export const noFigures: ScopeFigures = { ballots: noCounts, weight: noCounts };

/** The figures of a scope's regions together; the electorate is known of all of them or of none. */
export function figuresOfScope({ regions }: Scope, context: FiguresContext): ScopeFigures {
  return regions === null ? context.figures.whole : sumOfRegions(regions, context);
}

/** Of each group of regions the sum is made once for the same figures, whoever asks. */
function sumOfRegions(regions: readonly string[], { figures, work }: FiguresContext): ScopeFigures {
  const [first = "", ...others] = regions;
  const start = figures.regions.get(first) ?? noFigures;
  if (others.length === 0) return start;
  const sums = sumsByRegions.get(figures) ?? new Map<readonly string[], ScopeFigures>();
  sumsByRegions.set(figures, sums);
  const known = sums.get(regions);
  if (known !== undefined) return known;
  work.spend(regions.length * workUnits.regionSum);
  const sum = { ballots: { ...start.ballots }, weight: { ...start.weight } };
  for (const code of others) {
    const region = figures.regions.get(code) ?? noFigures;
    addCounts(sum.ballots, region.ballots);
    addCounts(sum.weight, region.weight);
  }
  sums.set(regions, sum);
  return sum;
}

const sumsByRegions = new WeakMap<Figures, Map<readonly string[], ScopeFigures>>();

/** Where presence was recorded in some regions, that of the others is what they cast. */
function addCounts(sum: CountsByKind, counts: CountsByKind): void {
  if (sum.present !== null || counts.present !== null) {
    sum.present = (sum.present ?? countCast(sum)) + (counts.present ?? countCast(counts));
  }
  for (const kind of ballotKinds) sum[kind] += counts[kind];
  const isKnown = sum.eligible !== null && counts.eligible !== null;
  sum.eligible = isKnown ? (sum.eligible ?? 0n) + (counts.eligible ?? 0n) : null;
}

/**
 * Counts the kinds of a measure in the counts of one region, or of the whole (null).
 * @throws {RuleError} where the electorate is asked for and nobody gave it
 */
export function countIn(
  counts: CountsByKind,
  { plus, less }: Pick<BallotMeasure, "plus" | "less">,
  region: string | null,
): bigint {
  let sum = 0n;
  for (const kind of plus) sum += countOf(kind, counts, region);
  for (const kind of less) sum -= countOf(kind, counts, region);
  return sum;
}

function countOf(kind: Kind, counts: CountsByKind, region: string | null): bigint {
  if (kind === "cast") return countCast(counts);
  if (kind === "present") return counts.present ?? countCast(counts);
  const count = counts[kind];
  if (count === null) throw missingElectorate(region);
  return count;
}

/** `region` is null for the whole. */
function missingElectorate(region: string | null): RuleError {
  const pointer = region === null ? "/total" : `/regions/${region}`;
  return new RuleError(`${pointer}/eligible`, "the rule counts by the eligible here: give them");
}

/** Every ballot, of whatever kind. */
export function countCast({ yes, no, abstain, blank, invalid }: CountsByKind): bigint {
  return yes + no + abstain + blank + invalid;
}

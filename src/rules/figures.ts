import { RuleError } from "./json-node.ts";
import type { BallotMeasure, Counting, Kind } from "./rule.ts";
import type { Scope } from "./scope.ts";

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
  figures: Figures,
): bigint {
  if (scope.regions === null) return countIn(figures.whole[measure.by], measure, null);
  let sum = 0n;
  for (const code of scope.regions) {
    const region = figures.regions.get(code);
    if (region !== undefined) sum += countIn(region[measure.by], measure, code);
    else if (measure.plus.includes("eligible") || measure.less.includes("eligible")) {
      throw missingElectorate(code);
    }
  }
  return sum;
}

function countIn(
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

import {
  ballotKinds,
  countCast,
  noRegion,
  type BallotKind,
  type CountsByKind,
  type Figures,
  type ScopeFigures,
} from "./figures.ts";
import { bitLength } from "./ratio.ts";
import type { Counting, Rule } from "./rule.ts";
import type { RuleInput, VoteCounts } from "./rule-input.ts";
import type { EvaluationContext } from "./units.ts";
import type { Work } from "./work.ts";
import { workUnits } from "./work-units.ts";

/** What a rule is evaluated on an input with. */
export function contextOf(
  { groups }: Pick<Rule, "groups">,
  input: RuleInput,
  work: Work,
): EvaluationContext {
  work.spend((input.regions.size + 2) * workUnits.regionFigures);
  const figures = toFigures(input);
  return { figures, groups, work, figureBits: longestFigure(figures) };
}

/** The bits that sums of figures may have. */
function longestFigure({ regions, whole }: Figures): number {
  let most = 1n;
  for (const { ballots, weight } of [...regions.values(), whole]) {
    for (const counts of [ballots, weight]) {
      const { present, eligible } = counts;
      for (const kind of ballotKinds) if (counts[kind] > most) most = counts[kind];
      if (present !== null && present > most) most = present;
      if (eligible !== null && eligible > most) most = eligible;
    }
  }
  // A sum of all regions, and of all kinds in it.
  return bitLength(most * BigInt(8 * (regions.size + 1)));
}

/**
 * The figures of an input; voters of the total who are in no region become a region of their own.
 */
export function toFigures(input: RuleInput): Figures {
  const regions = new Map([...input.regions].map(([code, counts]) => [code, scopeFigures(counts)]));
  const sum = sumFigures([...regions.values()]);
  if (input.total === undefined) return { regions, whole: sum };
  const whole = completeTotal(scopeFigures(input.total), sum);
  const known = regions.get(noRegion);
  const rest = mapFigures(whole, (figure, by, kind) => {
    const counted = sum[by][kind];
    return figure === null || counted === null
      ? null
      : figure - counted + (known?.[by][kind] ?? 0n);
  });
  regions.set(noRegion, rest);
  return { regions, whole };
}

/** What the total leaves out is the sum of the regions. */
function completeTotal(whole: ScopeFigures, sum: ScopeFigures): ScopeFigures {
  return mapFigures(whole, (figure, by, kind) => {
    if (figure !== null) return figure;
    const known = sum[by][kind];
    if (kind !== "present" || known === null) return known;
    return known + countCast(whole[by]) - countCast(sum[by]);
  });
}

function scopeFigures(counts: VoteCounts): ScopeFigures {
  return {
    ballots: {
      yes: BigInt(counts.yes.ballots),
      no: BigInt(counts.no.ballots),
      abstain: BigInt(counts.abstain.ballots),
      blank: BigInt(counts.blank?.ballots ?? 0),
      invalid: BigInt(counts.invalid?.ballots ?? 0),
      present: counts.present === undefined ? null : BigInt(counts.present.ballots),
      eligible: counts.eligible === undefined ? null : BigInt(counts.eligible.ballots),
    },
    weight: {
      yes: counts.yes.weight,
      no: counts.no.weight,
      abstain: counts.abstain.weight,
      blank: counts.blank?.weight ?? 0n,
      invalid: counts.invalid?.weight ?? 0n,
      present: counts.present?.weight ?? null,
      eligible: counts.eligible?.weight ?? null,
    },
  };
}

/**
 * Where presence was recorded in some regions, that of the others is what they cast.
 * The electorate is known of all regions or of none.
 */
function sumFigures(regions: readonly ScopeFigures[]): ScopeFigures {
  return { ballots: sumCounts("ballots", regions), weight: sumCounts("weight", regions) };
}

function sumCounts(by: Counting, regions: readonly ScopeFigures[]): CountsByKind {
  const all = regions.map((region) => region[by]);
  const isElectorateKnown = all.length > 0 && all.every(({ eligible }) => eligible !== null);
  const sum: CountsByKind = {
    yes: 0n,
    no: 0n,
    abstain: 0n,
    blank: 0n,
    invalid: 0n,
    present: all.some(({ present }) => present !== null) ? 0n : null,
    eligible: isElectorateKnown ? 0n : null,
  };
  for (const counts of all) {
    for (const kind of ballotKinds) sum[kind] += counts[kind];
    if (sum.present !== null) sum.present += counts.present ?? countCast(counts);
    if (sum.eligible !== null) sum.eligible += counts.eligible ?? 0n;
  }
  return sum;
}

function mapFigures(
  figures: ScopeFigures,
  map: (figure: bigint | null, by: Counting, kind: keyof CountsByKind) => bigint | null,
): ScopeFigures {
  const mapped = (by: Counting): CountsByKind => {
    const counts = figures[by];
    const count = (kind: BallotKind) => map(counts[kind], by, kind) ?? 0n;
    return {
      yes: count("yes"),
      no: count("no"),
      abstain: count("abstain"),
      blank: count("blank"),
      invalid: count("invalid"),
      present: map(counts.present, by, "present"),
      eligible: map(counts.eligible, by, "eligible"),
    };
  };
  return { ballots: mapped("ballots"), weight: mapped("weight") };
}

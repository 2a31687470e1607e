import { RuleError } from "./json-node.ts";
import type { Counting, Kind, RegionGroup } from "./rule.ts";

export type Count = { readonly ballots: number | bigint; readonly weight: bigint };

/** What was counted somewhere; a tally's region is one. Where `present` is missing, whoever cast a ballot was present. */
export type VoteCounts = {
  readonly yes: Count;
  readonly no: Count;
  readonly abstain: Count;
  readonly blank?: Count;
  readonly invalid?: Count;
  readonly present?: Count;
  readonly eligible?: Count;
};

/** All that a rule is evaluated on. `total` holds the whole where it is more than the sum of the regions, as with voters in none of them. */
export type RuleInput = {
  readonly total?: VoteCounts;
  readonly regions: ReadonlyMap<string, VoteCounts>;
  readonly isClosed: boolean;
  /** The chair's, used where the rule says so and the votes are equal. */
  readonly castingVote?: "yes" | "no";
};

const ballotKinds = ["yes", "no", "abstain", "blank", "invalid"] as const;
export type BallotKind = (typeof ballotKinds)[number];
export type CountsByKind = Record<BallotKind, bigint> & {
  present: bigint | null;
  eligible: bigint | null;
};
export type ScopeFigures = Record<Counting, CountsByKind>;

/** The figures as the engine reads them: every region, the voters of none of them, and the whole. */
export type Figures = {
  readonly regions: ReadonlyMap<string, ScopeFigures>;
  readonly whole: ScopeFigures;
};

/** Where a test is taken: the whole (`regions` is null), or some regions together. */
export type Scope = {
  readonly name: string;
  readonly regions: readonly string[] | null;
  readonly members: readonly string[];
};

export const wholeScope: Scope = { name: "", regions: null, members: [] };

export function scopeOfGroup({ name, regions }: RegionGroup): Scope {
  return { name, regions, members: regions };
}

/** The voters of a decision without regions, or those of a whole who are in no region. */
export const noRegion = "";

export function toFigures(input: RuleInput): Figures {
  const regions = new Map([...input.regions].map(([code, counts]) => [code, figuresOf(counts)]));
  const sum = sumFigures([...regions.values()]);
  if (input.total === undefined) return { regions, whole: sum };
  const whole = completed(figuresOf(input.total), sum);
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

/** What the total leaves out is what the regions say together. */
function completed(whole: ScopeFigures, sum: ScopeFigures): ScopeFigures {
  return mapFigures(whole, (figure, by, kind) => {
    if (figure !== null) return figure;
    const known = sum[by][kind];
    if (kind !== "present" || known === null) return known;
    return known + castIn(whole[by]) - castIn(sum[by]);
  });
}

/** The codes of the regions that have a name. */
export function codesOf(figures: Figures): string[] {
  return [...figures.regions.keys()].filter((code) => code !== noRegion);
}

/**
 * One figure of a scope. A region without a tally counts nothing.
 * @throws {RuleError} where the electorate is asked for and nobody gave it
 */
export function figureAt(figures: Figures, scope: Scope, kind: Kind, by: Counting): bigint {
  if (scope.regions === null) return figureIn(figures.whole, kind, by, "/total");
  let sum = 0n;
  for (const code of scope.regions) {
    const counts = figures.regions.get(code);
    if (counts !== undefined) sum += figureIn(counts, kind, by, `/regions/${code}`);
    else if (kind === "eligible") throw missingFigure(`/regions/${code}`);
  }
  return sum;
}

function figureIn(counts: ScopeFigures, kind: Kind, by: Counting, pointer: string): bigint {
  const figures = counts[by];
  if (kind === "cast") return castIn(figures);
  if (kind === "present") return figures.present ?? castIn(figures);
  const figure = figures[kind];
  if (figure === null) throw missingFigure(pointer);
  return figure;
}

function missingFigure(pointer: string): RuleError {
  return new RuleError(`${pointer}/eligible`, "the rule counts by the eligible here: give them");
}

export function castIn({ yes, no, abstain, blank, invalid }: CountsByKind): bigint {
  return yes + no + abstain + blank + invalid;
}

function figuresOf(counts: VoteCounts): ScopeFigures {
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

/** Where one region's presence is known, the others' is what they cast; an electorate is known as a whole or not at all. */
function sumFigures(all: readonly ScopeFigures[]): ScopeFigures {
  return { ballots: sumOf("ballots", all), weight: sumOf("weight", all) };
}

function sumOf(by: Counting, all: readonly ScopeFigures[]): CountsByKind {
  const sum: CountsByKind = {
    yes: 0n,
    no: 0n,
    abstain: 0n,
    blank: 0n,
    invalid: 0n,
    present: all.some((counts) => counts[by].present !== null) ? 0n : null,
    eligible: all.every((counts) => counts[by].eligible !== null) && all.length > 0 ? 0n : null,
  };
  for (const counts of all) {
    const figures = counts[by];
    for (const kind of ballotKinds) sum[kind] += figures[kind];
    if (sum.present !== null) sum.present += figures.present ?? castIn(figures);
    if (sum.eligible !== null) sum.eligible += figures.eligible ?? 0n;
  }
  return sum;
}

function mapFigures(
  counts: ScopeFigures,
  map: (figure: bigint | null, by: Counting, kind: keyof CountsByKind) => bigint | null,
): ScopeFigures {
  const mapped = (by: Counting): CountsByKind => {
    const figures = counts[by];
    const count = (kind: BallotKind) => map(figures[kind], by, kind) ?? 0n;
    return {
      yes: count("yes"),
      no: count("no"),
      abstain: count("abstain"),
      blank: count("blank"),
      invalid: count("invalid"),
      present: map(figures.present, by, "present"),
      eligible: map(figures.eligible, by, "eligible"),
    };
  };
  return { ballots: mapped("ballots"), weight: mapped("weight") };
}

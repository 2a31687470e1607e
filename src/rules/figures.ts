import { RuleError } from "./json-node.ts";
import type { Counting, Kind, Place } from "./rule.ts";

export type Count = { readonly ballots: number | bigint; readonly weight: bigint };

/** What was counted somewhere; a tally's region is one. Where `present` is missing, whoever cast a ballot was present. */
export type CountedPlace = {
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
  readonly total?: CountedPlace;
  readonly regions: ReadonlyMap<string, CountedPlace>;
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

export function placeScope({ name, regions }: Place): Scope {
  return { name, regions, members: regions };
}

/** The voters of a decision without regions, or those of a whole who are in no region. */
export const elsewhere = "";

export function toFigures(input: RuleInput): Figures {
  const regions = new Map([...input.regions].map(([code, place]) => [code, figuresOf(place)]));
  const sum = sumFigures([...regions.values()]);
  if (input.total === undefined) return { regions, whole: sum };
  const whole = completed(figuresOf(input.total), sum);
  const known = regions.get(elsewhere);
  const rest = mapFigures(whole, (figure, by, kind) => {
    const counted = sum[by][kind];
    return figure === null || counted === null
      ? null
      : figure - counted + (known?.[by][kind] ?? 0n);
  });
  regions.set(elsewhere, rest);
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
  return [...figures.regions.keys()].filter((code) => code !== elsewhere);
}

/** One figure of a scope. A region without a tally counts nothing; an electorate that nobody gave is refused with its place in the input. */
export function figureAt(figures: Figures, scope: Scope, kind: Kind, by: Counting): bigint {
  if (scope.regions === null) return figureIn(figures.whole, kind, by, "/total");
  let sum = 0n;
  for (const code of scope.regions) {
    const place = figures.regions.get(code);
    if (place !== undefined) sum += figureIn(place, kind, by, `/regions/${code}`);
    else if (kind === "eligible") throw missingFigure(`/regions/${code}`);
  }
  return sum;
}

function figureIn(place: ScopeFigures, kind: Kind, by: Counting, pointer: string): bigint {
  const figures = place[by];
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

function figuresOf(place: CountedPlace): ScopeFigures {
  return {
    ballots: {
      yes: BigInt(place.yes.ballots),
      no: BigInt(place.no.ballots),
      abstain: BigInt(place.abstain.ballots),
      blank: BigInt(place.blank?.ballots ?? 0),
      invalid: BigInt(place.invalid?.ballots ?? 0),
      present: place.present === undefined ? null : BigInt(place.present.ballots),
      eligible: place.eligible === undefined ? null : BigInt(place.eligible.ballots),
    },
    weight: {
      yes: place.yes.weight,
      no: place.no.weight,
      abstain: place.abstain.weight,
      blank: place.blank?.weight ?? 0n,
      invalid: place.invalid?.weight ?? 0n,
      present: place.present?.weight ?? null,
      eligible: place.eligible?.weight ?? null,
    },
  };
}

/** Where one region's presence is known, the others' is what they cast; an electorate is known as a whole or not at all. */
function sumFigures(places: readonly ScopeFigures[]): ScopeFigures {
  return { ballots: sumOf("ballots", places), weight: sumOf("weight", places) };
}

function sumOf(by: Counting, places: readonly ScopeFigures[]): CountsByKind {
  const sum: CountsByKind = {
    yes: 0n,
    no: 0n,
    abstain: 0n,
    blank: 0n,
    invalid: 0n,
    present: places.some((place) => place[by].present !== null) ? 0n : null,
    eligible: places.every((place) => place[by].eligible !== null) && places.length > 0 ? 0n : null,
  };
  for (const place of places) {
    const figures = place[by];
    for (const kind of ballotKinds) sum[kind] += figures[kind];
    if (sum.present !== null) sum.present += figures.present ?? castIn(figures);
    if (sum.eligible !== null) sum.eligible += figures.eligible ?? 0n;
  }
  return sum;
}

function mapFigures(
  place: ScopeFigures,
  map: (figure: bigint | null, by: Counting, kind: keyof CountsByKind) => bigint | null,
): ScopeFigures {
  const mapped = (by: Counting): CountsByKind => {
    const figures = place[by];
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

import type { RuleInput, VoteCounts } from "../../rules/rule-input.ts";
import type { ApiChoice, ApiDecision, ApiOutcome, ApiTally } from "../contract.ts";
import type { CountMeasure } from "../results/measure.ts";
import { shownChoices } from "../results/tally-bars.ts";

/** Heads and their weight, exact. */
export type SupposedCount = Record<CountMeasure, bigint>;
export type SupposedChoices = Record<ApiChoice, SupposedCount>;

/** A region, or the whole (""): what is supposed of it, and how many may vote there. */
export type SupposedRow = {
  code: string;
  name: string;
  choices: SupposedChoices;
  eligible: SupposedCount | null;
};

/** What a what-if begins with: the counts as they are shown, as the rule takes them. */
export type SupposedFigures = {
  rows: SupposedRow[];
  /** Voters of the whole who are in none of the rows. */
  rest: SupposedChoices;
  eligible: SupposedCount | null;
  /** Every ballot weighs one, so that heads are weights. */
  isEven: boolean;
};

export type SupposedStart = {
  decision: Pick<ApiDecision, "regions" | "roll" | "electorate_size">;
  /** Undefined while counts are hidden: then nobody is supposed to have voted. */
  outcome: Pick<ApiOutcome, "tally" | "electorate"> | undefined;
  isByRegion: boolean;
};

/** Begins with the counts that are shown: by region where the rule looks at regions. */
export function beginSupposing({ decision, outcome, isByRegion }: SupposedStart): SupposedFigures {
  const electorate = outcome?.electorate ?? decision.electorate_size ?? decision.roll;
  const eligible = electorate === null ? null : countOf(electorate);
  const total = outcome === undefined ? noChoices() : choicesOf(outcome.tally.total);
  const tallies = new Map(outcome?.tally.regions.map((one) => [one.region, one]));
  const electorates = new Map(
    electorate !== null && "regions" in electorate
      ? electorate.regions.map((one) => [one.region, countOf(one)])
      : [],
  );
  const rows =
    isByRegion && decision.regions.length > 0
      ? decision.regions.map(({ code, name }) => {
          const tally = tallies.get(code);
          const choices = tally === undefined ? noChoices() : choicesOf(tally);
          return { code, name, choices, eligible: electorates.get(code) ?? null };
        })
      : [{ code: "", name: "", choices: total, eligible }];
  const rest = minus(total, sumOfRows(rows));
  const isEven = [...rows, { choices: rest, eligible }].every(isEvenRow);
  return { rows, rest, eligible, isEven };
}

/** What is supposed otherwise. */
export interface SupposedChange {
  choice: ApiChoice;
  measure: CountMeasure;
  count: bigint;
  isEven: boolean;
}

/** A row with one count supposed otherwise; where every ballot weighs one, its weight follows. */
export function supposeCount(
  row: SupposedRow,
  { choice, measure, count, isEven }: SupposedChange,
): SupposedRow {
  const changed = isEven
    ? { ballots: count, weight: count }
    : { ...row.choices[choice], [measure]: count };
  return { ...row, choices: { ...row.choices, [choice]: changed } };
}

/** Everybody who may vote and is not counted yet makes one choice. */
export function supposeOthers(row: SupposedRow, choice: ApiChoice): SupposedRow {
  const given = row.choices[choice];
  const ballots = given.ballots + remaining(row, "ballots");
  const weight = given.weight + remaining(row, "weight");
  return { ...row, choices: { ...row.choices, [choice]: { ballots, weight } } };
}

/** How many may vote and are not counted yet; none where more are supposed, or nobody knows. */
function remaining({ choices, eligible }: SupposedRow, measure: CountMeasure): bigint {
  const left = (eligible?.[measure] ?? 0n) - castIn(choices, measure);
  return left > 0n ? left : 0n;
}

/** All ballots of a row, or their weight. */
export function castIn(choices: SupposedChoices, measure: CountMeasure): bigint {
  return shownChoices.reduce((sum, choice) => sum + choices[choice][measure], 0n);
}

/** What the rule is evaluated on: as if it had closed with these counts. */
export function supposedInput({ rows, rest, eligible }: SupposedFigures): RuleInput {
  const named = rows.filter(({ code }) => code !== "");
  return {
    total: votesOf(plus(rest, sumOfRows(rows)), eligible),
    regions: new Map(named.map((row) => [row.code, votesOf(row.choices, row.eligible)])),
    isClosed: true,
  };
}

function votesOf(choices: SupposedChoices, eligible: SupposedCount | null): VoteCounts {
  return eligible === null ? choices : { ...choices, eligible };
}

function choicesOf({ yes, no, abstain }: Pick<ApiTally, ApiChoice>): SupposedChoices {
  const exact = ({ ballots, weight }: ApiTally[ApiChoice]) => ({
    ballots: BigInt(ballots),
    weight: BigInt(weight),
  });
  return { yes: exact(yes), no: exact(no), abstain: exact(abstain) };
}

function countOf({ voters, weight }: { voters: number; weight: string }): SupposedCount {
  return { ballots: BigInt(voters), weight: BigInt(weight) };
}

function noChoices(): SupposedChoices {
  const none = { ballots: 0n, weight: 0n };
  return { yes: none, no: none, abstain: none };
}

function sumOfRows(rows: readonly Pick<SupposedRow, "choices">[]): SupposedChoices {
  return rows.reduce((sum, { choices }) => plus(sum, choices), noChoices());
}

function plus(one: SupposedChoices, other: SupposedChoices): SupposedChoices {
  return eachChoice((choice) => ({
    ballots: one[choice].ballots + other[choice].ballots,
    weight: one[choice].weight + other[choice].weight,
  }));
}

function minus(one: SupposedChoices, other: SupposedChoices): SupposedChoices {
  return eachChoice((choice) => ({
    ballots: one[choice].ballots - other[choice].ballots,
    weight: one[choice].weight - other[choice].weight,
  }));
}

function eachChoice(make: (choice: ApiChoice) => SupposedCount): SupposedChoices {
  return { yes: make("yes"), no: make("no"), abstain: make("abstain") };
}

function isEvenRow({ choices, eligible }: Pick<SupposedRow, "choices" | "eligible">): boolean {
  const counts = shownChoices.map((choice) => choices[choice]);
  return [...counts, ...(eligible === null ? [] : [eligible])].every(
    ({ ballots, weight }) => ballots === weight,
  );
}

import type { Aims } from "./contender.ts";
import type { Compared, RoundResult } from "./run-rounds.ts";

/** A line of the comparison: medians of the rounds, each by itself. */
export type ComparedRow = RoundResult & {
  name: string;
  acknowledged: number;
  /** Its rate as a share of another's in the same round, in the median, by the other's name. */
  ratios: Record<string, number>;
  aims: string[];
};

/** Everything in medians; a ratio is of two figures of one round, never of two medians. */
export function compareContenders(all: readonly Compared[]): ComparedRow[] {
  return all.map(({ contender, rounds, acknowledged }) => {
    const others = all.filter((other) => contender.against.includes(other.contender.name));
    const ratios = Object.fromEntries(
      others.map((other) => [other.contender.name, medianRatio(rounds, other.rounds)]),
    );
    const medians = medianOf(rounds);
    const aims = describeAims(contender.aims, medians, ratios);
    return { name: contender.name, acknowledged, ratios, aims, ...medians };
  });
}

function medianRatio(ours: readonly RoundResult[], theirs: readonly RoundResult[]): number {
  return median(
    ours.map(
      ({ requestsPerSecond }, round) => requestsPerSecond / (theirs[round]?.requestsPerSecond ?? 0),
    ),
  );
}

function medianOf(rounds: readonly RoundResult[]): RoundResult {
  const of = (figure: keyof RoundResult): number => median(rounds.map((round) => round[figure]));
  return {
    requestsPerSecond: of("requestsPerSecond"),
    votesPerSecond: of("votesPerSecond"),
    processorMicrosecondsEach: of("processorMicrosecondsEach"),
    driverUtilization: of("driverUtilization"),
    meanMs: of("meanMs"),
    deviationMs: of("deviationMs"),
    p50Ms: of("p50Ms"),
    p99Ms: of("p99Ms"),
    p999Ms: of("p999Ms"),
  };
}

function describeAims(
  aims: Aims,
  { votesPerSecond, p99Ms }: RoundResult,
  ratios: Readonly<Record<string, number>>,
): string[] {
  const found = Object.entries(aims.of ?? {}).map(([name, least]) =>
    describe(`≥ ${least} of ${name}`, (ratios[name] ?? 0) >= least),
  );
  if (aims.votesPerSecond !== undefined) {
    const text = `≥ ${aims.votesPerSecond.toLocaleString("en-GB")} votes/s`;
    found.push(describe(text, votesPerSecond >= aims.votesPerSecond));
  }
  if (aims.p99Ms !== undefined) {
    found.push(describe(`p99 ≤ ${aims.p99Ms} ms`, p99Ms <= aims.p99Ms));
  }
  return found;
}

function describe(aim: string, isMet: boolean): string {
  return `${aim}: ${isMet ? "met" : "missed"}`;
}

/** Of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/**
 * Medians of two, then of their ratio in each round, and between which that median lies, 95 % sure;
 * the same of the second to a third that is as it: what chance makes of no difference.
 * @param rounds the three values of each round
 */
export function pairedRatios(rounds: readonly (readonly number[])[]): string[] {
  const [one, other, otherAgain] = [0, 1, 2].map((side) =>
    rounds.map((values) => values[side] ?? 0),
  );
  return [
    median(one ?? []).toFixed(1),
    median(other ?? []).toFixed(1),
    ...describe(ratios(one ?? [], other ?? [])),
    ...describe(ratios(other ?? [], otherAgain ?? [])),
  ];
}

function ratios(these: readonly number[], those: readonly number[]): number[] {
  return these.map((value, round) => value / (those[round] ?? 0));
}

function describe(values: readonly number[]): [string, string] {
  const { from, to } = medianInterval(values);
  return [median(values).toFixed(3), `${from.toFixed(3)} to ${to.toFixed(3)}`];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/**
 * Where the median of what the values are drawn from lies, 95 % sure, whatever their distribution: as
 * many of them are below it as heads come up in so many throws. Of fewer than six it is all of them.
 */
export function medianInterval(values: readonly number[]): { from: number; to: number } {
  const sorted = values.toSorted((a, b) => a - b);
  let outside = 0;
  let share = 2 * 0.5 ** sorted.length;
  for (let sum = share; sum <= 0.05; sum += share) {
    outside += 1;
    share *= (sorted.length - outside + 1) / outside;
  }
  const left = Math.max(0, outside - 1);
  return { from: sorted[left] ?? 0, to: sorted[sorted.length - 1 - left] ?? 0 };
}

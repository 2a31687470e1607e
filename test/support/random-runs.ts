/**
 * How many random cases a long test tries: a fiftieth of them while mutants are tried, each of which
 * would take all, and six at least.
 */
export function randomRuns(everyday: number): number {
  if (process.env["MUTATED_FOLDER"] === undefined) return everyday;
  return Math.max(Math.min(everyday, 6), Math.ceil(everyday / 50));
}

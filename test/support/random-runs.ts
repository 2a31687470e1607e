/**
 * How many random cases a long test tries: a tenth of them while mutants are tried, each of which
 * would take all.
 */
export function randomRuns(everyday: number): number {
  return process.env["MUTATED_FOLDER"] === undefined ? everyday : Math.ceil(everyday / 10);
}

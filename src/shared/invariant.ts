/**
 * Stops the work when something that must always hold does not: a defect of ours, never of the
 * input.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

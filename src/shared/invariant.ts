import { LoggableError } from "./loggable-error.ts";

/**
 * Stops the work when something that must always hold does not: a defect of ours, never of the
 * input. The message is fixed words and numbers: the log may have it.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new LoggableError(`invariant broken: ${message}`);
}

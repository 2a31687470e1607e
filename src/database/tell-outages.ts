import { BallotRejected, BallotsArchived, DatabaseUnavailable } from "./database.ts";

type Calls = Record<string, (...args: never[]) => Promise<unknown>>;

/**
 * The same calls. What one rejects with while the database can't be asked, is a
 * `DatabaseUnavailable` around it: whoever answers a reader tells that from a fault of ours.
 */
export function tellOutages<Kept extends Calls>(
  calls: Kept,
  isOutage: (error: unknown) => boolean,
): Kept {
  const told = Object.entries(calls).map(([name, call]) => [
    name,
    async (...args: never[]) => {
      try {
        return await call(...args);
      } catch (error) {
        throw toldError(error, isOutage);
      }
    },
  ]);
  // Each call takes and gives what it did.
  return Object.fromEntries(told) as Kept;
}

/** The error itself, or a `DatabaseUnavailable` around it where the database can't be asked. */
export function toldError(error: unknown, isOutage: (error: unknown) => boolean): unknown {
  return isAnswer(error) || !isOutage(error) ? error : new DatabaseUnavailable(error);
}

/** What the port names by itself, whatever the database said. */
function isAnswer(error: unknown): boolean {
  return error instanceof BallotRejected || error instanceof BallotsArchived;
}

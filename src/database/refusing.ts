import { DatabaseUnavailable, type Database } from "./database.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/**
 * The database of a deployment that names none: everything waits, as in an outage, and health says
 * why.
 */
export function refusingDatabase(problem: string): Database {
  const refuse = (): Promise<never> =>
    Promise.reject(new DatabaseUnavailable(new LoggableError(problem)));
  return {
    applyBallots: refuse,
    removeBallots: refuse,
    forgetBallots: refuse,
    project: refuse,
    removeDecision: refuse,
    listDecisions: refuse,
    readListed: refuse,
    listRegionalResults: refuse,
    listBallots: refuse,
    countApplied: refuse,
    readProgress: refuse,
    readProjected: refuse,
    readRecounted: refuse,
    countSpans: refuse,
    keepDeadLetters: refuse,
    listDeadLetters: refuse,
    findDeadLetter: refuse,
    dropDeadLetter: refuse,
    health: () =>
      Promise.resolve({
        kind: "misconfigured",
        problems: [problem],
        warnings: [],
        replicaWarnings: [],
        size: null,
        deadLetters: null,
      }),
  };
}

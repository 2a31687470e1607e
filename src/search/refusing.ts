import { LoggableError } from "../shared/loggable-error.ts";
import { type SearchIndex, SearchUnavailable } from "./search.ts";

/** The index of a deployment that names none that there is: nothing but search waits for it. */
export function refusingSearch(problem: string): SearchIndex {
  const refuse = (): Promise<never> =>
    Promise.reject(new SearchUnavailable(new LoggableError(problem)));
  return {
    searchDecisions: refuse,
    statistics: refuse,
    indexedTo: refuse,
    health: () => Promise.resolve({ kind: "misconfigured", problems: [problem], indexedTo: null }),
    indexDecisions: refuse,
    indexBallots: refuse,
    noteIndexedTo: refuse,
    rebuild: { begin: refuse, stateOf: refuse, finish: refuse },
  };
}

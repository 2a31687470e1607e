import type { DatabaseReads } from "../database/database.ts";
import type { DisclosedId } from "../decision/visibility.ts";

/** The database as routes see it: ballots and their numbers of disclosed decisions alone. */
export type DisclosedReads = Omit<DatabaseReads, BallotReads> & {
  [Read in BallotReads]: DatabaseReads[Read] extends (
    query: infer Query,
    ...more: infer More
  ) => infer Answer
    ? (query: Disclosed<Query>, ...more: More) => Answer
    : never;
};
type BallotReads = "listBallots" | "countApplied" | "readProjected";
type Disclosed<Query> = Query extends string
  ? DisclosedId
  : Omit<Query, "decisionId"> & { decisionId: DisclosedId };

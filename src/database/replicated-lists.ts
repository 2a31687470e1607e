import type { DatabaseReads } from "./database.ts";

/** The reads behind the API's lists, which a replica may answer. */
export type ListReads = Pick<
  DatabaseReads,
  "listDecisions" | "listRegionalResults" | "listBallots"
>;

/** What was read, with a bookmark of a state that is no older; null where nothing is replicated. */
export type ReadSince<Value> = { value: Value; bookmark: string | null };

/** Lists of a database that may have read-only replicas. */
export interface ReplicatedLists {
  /**
   * Reads what is no older than the bookmark: of a replica that has come as far, else of the
   * primary. Without a bookmark it is the primary, since nobody knows what the reader has seen.
   * `read` may be called again, where a replica fails in the middle of it.
   */
  readSince<Value>(
    bookmark: string | null,
    read: (lists: ListReads) => Promise<Value>,
  ): Promise<ReadSince<Value>>;
}

/** Who has answered a read that could have been a replica's, and why it was none. */
export type AnsweredBy = "replica" | "primary_no_bookmark" | "primary_behind" | "primary_away";

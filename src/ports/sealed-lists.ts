import type { DisclosedReads } from "./disclosed-reads.ts";

/** The reads behind the API's lists, as routes see them. */
type DisclosedLists = Pick<DisclosedReads, "listDecisions" | "listRegionalResults" | "listBallots">;

/** Lists of a database that may have replicas; its bookmarks are sealed, for readers to keep. */
export interface SealedLists {
  /**
   * Reads what is no older than what came with the bookmark. One that is not known, or too old,
   * is as none: the newest is read.
   */
  readSince<Value>(
    bookmark: string | null,
    read: (lists: DisclosedLists) => Promise<Value>,
  ): Promise<{ value: Value; bookmark: string | null }>;
}

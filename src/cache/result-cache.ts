/** What stands under a decision's name. */
export type CacheLook =
  /** The newest version that was kept, and for how long it stays (ms). */
  | { kind: "found"; version: number; text: string; leftMs: number }
  /** Nothing. `isClaimed`: this caller computes it; the others look again in a moment. */
  | { kind: "missing"; isClaimed: boolean }
  /** Something that this platform did not write. */
  | { kind: "foreign" };

export type CacheEntry = { version: number; text: string; lifeMs: number };

/**
 * A shared store of texts, one a decision and version. It promises order, never presence: what was
 * kept may be gone at any time, but an older version never replaces a newer that is still there,
 * however calls interleave. Nothing is retried here; any call may throw, and none takes longer than
 * `limits.cacheAnswerMsMax`.
 */
export interface ResultCache {
  /** The newest version, or the right to compute it, which one caller gets in `cacheClaimMs`. */
  look(decisionId: string): Promise<CacheLook>;
  /** The same right where something is there already and is about to be renewed. */
  claim(decisionId: string): Promise<boolean>;
  /** Keeps a version for its life and ends the claim. False where a newer one is there. */
  keep(decisionId: string, entry: CacheEntry): Promise<boolean>;
  /** Tries to write, under a name of its own. Rejects where it can't be reached or used at all. */
  probe(): Promise<"ok" | "refuses_writes">;
}

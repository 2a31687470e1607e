import type { ShownResult } from "../results/shown-result.ts";

/**
 * Results as readers get them: from the room, or from a cache in front of it. Nothing may be
 * decided by them: that is the room's.
 */
export interface Results {
  /**
   * Never older than `seenVersion`, which the reader has seen; `last` is what this isolate read
   * last, null if nothing. Null while neither the room nor a cache has an answer.
   */
  read(
    decisionId: string,
    reader: { seenVersion: number | null; last: ShownResult | null },
  ): Promise<ShownResult | null>;
}

/** All but `ok` and `off`: the platform works on without it. */
export type CacheState = "off" | "ok" | "refuses_writes" | "unreachable" | "misconfigured";

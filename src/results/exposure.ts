import type { Releases } from "./releases.ts";

/** How much of a result may be known. */
export type Exposure =
  /** All that its visibility allows: a roll call, or a result that is decided by. */
  | { kind: "all" }
  /** Before the close: the released states. Until there is one it is as old as `since`, in ms. */
  | { kind: "releases"; releases: Releases; releaseMin: number; since: number }
  /** After the close: the whole, and these regions. */
  | { kind: "regions"; codes: readonly string[] };

import type { Act, ActHead } from "../audit-log/audit-entry.ts";

/** Entries of a log of administrative acts, and where the log ends. */
export type ActPage = { acts: Act[]; head: ActHead };

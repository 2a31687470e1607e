import type { Instance } from "../api/connect.ts";

export type VerifyOptions = Instance & {
  /** Null: all decisions of the instance. */
  decision: string | null;
  /** Paths of files. */
  receipts: string[];
  waitSeconds: number;
  /** Decisions at a time. */
  concurrency: number;
};

import type { Instance } from "../api/connect.ts";

/** What a key of an auditor verifies. */
export type AuditVerifyOptions = Instance & {
  kind: "audit";
  /** Null: all decisions of the instance. */
  decision: string | null;
  /** Paths of files. */
  receipts: string[];
  waitSeconds: number;
  /** Decisions at a time. */
  concurrency: number;
};

/** What anybody verifies: a certified decision of an instance, or one that was saved. */
export interface PublicVerifyOptions {
  kind: "public";
  on: string | null;
  decision: string | null;
  /** A folder of files, in the place of an instance. */
  from: string | null;
  /** Where to write what was read; null for nowhere. */
  save: string | null;
  /** Paths of voters' receipts. */
  receipts: string[];
  /** Public keys that the reader has from elsewhere. */
  trustedKeys: string[];
}

export type VerifyOptions = AuditVerifyOptions | PublicVerifyOptions;

import type { Actor } from "../audit-log/audit-entry.ts";
import type { ApiKeyRecord } from "../auth/api-key.ts";
import type { AuditLogPage } from "./audit-log.ts";

/** API keys, kept by digest. A revoked key may still pass for as long as `limits.apiKeyFreshMs`. */
export interface ApiKeys {
  find(keyId: string): Promise<ApiKeyRecord | null>;
  /** False where there are as many as there may be, of all or of a station's owner. */
  keep(record: ApiKeyRecord, actor: Actor): Promise<boolean>;
  list(): Promise<ApiKeyRecord[]>;
  /** The stations' keys that are good for this decision alone. */
  listStations(decisionId: string): Promise<ApiKeyRecord[]>;
  revoke(keyId: string, actor: Actor): Promise<boolean>;
  /** What was done to the keys, after `seq`. */
  readAuditLog(seq: number, max: number): Promise<AuditLogPage>;
}

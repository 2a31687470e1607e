import type { ApiKeyRecord } from "../../auth/api-key.ts";

/** An API key as lists show it: never its digest. */
export function viewKey({ id, role, label, decisionId, owner, createdAt }: ApiKeyRecord) {
  return {
    id,
    role,
    label,
    decision_id: decisionId,
    owner,
    created_at: new Date(createdAt).toISOString(),
  };
}

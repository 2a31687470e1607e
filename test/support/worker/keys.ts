import { expect } from "vitest";
import type { Actor } from "../../../src/audit-log/audit-entry.ts";
import type { KeyRole } from "../../../src/auth/api-key.ts";
import { adminKey, api } from "./api.ts";

/** The deployment's own admin key, as audit logs name it. */
export const firstAdmin: Actor = { role: "admin", keyId: "deployment", owner: null, session: null };

export type KeyBody = {
  id: string;
  role: KeyRole;
  label: string;
  decision_id: string | null;
  owner: string | null;
  created_at: string;
  key: string;
};

/** Issues an API key, for one decision or, with null, for all. */
export async function issueKey(
  role: Exclude<KeyRole, "organiser">,
  decisionId: string | null = null,
): Promise<KeyBody> {
  return issue({ role, label: `a ${role} of a test`, decision_id: decisionId });
}

/** Issues an API key that speaks for an organiser. */
export async function issueOrganiserKey(owner: string): Promise<KeyBody> {
  return issue({ role: "organiser", label: `a key of ${owner}`, owner });
}

async function issue(body: object): Promise<KeyBody> {
  const answer = await api<KeyBody>("POST", "/api/v1/api-keys", { key: adminKey, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

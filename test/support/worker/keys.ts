import { expect } from "vitest";
import { adminKey, api } from "./api.ts";

export type KeyBody = {
  id: string;
  role: "admin" | "station";
  label: string;
  decision_id: string | null;
  created_at: string;
  key: string;
};

/** Issues an API key, for one decision or, with null, for all. */
export async function issueKey(
  role: "admin" | "station",
  decisionId: string | null = null,
): Promise<KeyBody> {
  const body = { role, label: `a ${role} of a test`, decision_id: decisionId };
  const answer = await api<KeyBody>("POST", "/api/v1/api-keys", { key: adminKey, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

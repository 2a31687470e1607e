import { expect } from "vitest";
import { adminKey, api } from "./api.ts";

let count = 0;

/** Drafts a decision of its own for a test; whatever is given stands above the defaults. */
export async function draftDecision(
  given: Record<string, unknown> = {},
  key = adminKey,
): Promise<string> {
  count += 1;
  const slug = `decision-${count}-${crypto.randomUUID().slice(0, 8)}`;
  const draft = {
    slug,
    title: "Protect the wetland",
    disclosure: "roll_call",
    ends_early: "by_organiser",
    // Most tests that change votes do so as a station.
    stations: given["revote_policy"] === "revisable" ? "overrides" : "first_wins",
    regions: [{ code: "north" }, { code: "south" }],
  };
  const answer = await api<{ id: string }>("POST", "/api/v1/decisions", {
    key,
    body: { ...draft, ...given },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

export async function openedDecision(given: Record<string, unknown> = {}): Promise<string> {
  const id = await draftDecision(given);
  const answer = await api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return id;
}

/** A ballot token for one voter, from the API. */
export async function tokenFor(
  decisionId: string,
  voterId: string,
  more: { region?: string; weight?: number; expires_in_seconds?: number } = {},
): Promise<string> {
  const { region = "north", weight = 1, ...life } = more;
  const voters = [{ voter_id: voterId, ...(region === "" ? {} : { region }), weight }];
  const answer = await api<{ tokens: { token: string }[] }>(
    "POST",
    `/api/v1/decisions/${decisionId}/tokens`,
    { key: adminKey, body: { voters, ...life } },
  );
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.tokens[0]?.token ?? "";
}

/** Casts a vote with a token, as a voter does. */
export function cast<Body>(
  decisionId: string,
  token: string,
  vote: string,
  idempotencyKey?: string,
  more: { nonce?: string; proof?: string; statement?: string } = {},
) {
  const headers = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
  const body = { decision_id: decisionId, vote, ...more };
  return api<Body>("POST", "/api/v1/voting/cast-vote", { key: token, body, headers });
}

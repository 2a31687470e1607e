import { expect } from "vitest";
import { send } from "./api.ts";

export const sessionPath = "/api/v1/session";

export type SessionBody = {
  id: string;
  role: string;
  owner: string | null;
  label: string;
  decision_id: string | null;
  expires_at: string;
  signed_in_with: "key" | "login";
};

/** The cookie that an answer sets, as a browser sends it back, with its attributes beside it. */
export function cookieIn(response: Response, name = "__Host-session") {
  const set = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  if (set === undefined) throw new Error(`the answer sets no ${name}`);
  const [cookie = "", ...attributes] = set.split("; ");
  return { cookie, attributes };
}

/** Signs in with a key, as a page of this origin does. */
export async function signIn(key: string, before?: string) {
  const headers = before === undefined ? {} : { cookie: before };
  const response = await send("POST", sessionPath, { body: { key }, headers: ownPage(headers) });
  expect(response.status).toBe(201);
  const { session } = await response.clone().json<{ session: SessionBody }>();
  return { session, ...cookieIn(response) };
}

/** Headers of a request that a page of this origin sends. */
export function ownPage(headers: Record<string, string> = {}): Record<string, string> {
  return { origin: "https://enviro.example", "sec-fetch-site": "same-origin", ...headers };
}

/** The session that a cookie is good for, or null. */
export async function sessionOf(cookie: string): Promise<SessionBody | null> {
  const response = await send("GET", sessionPath, { headers: { cookie } });
  expect(response.status).toBe(200);
  return (await response.json<{ session: SessionBody | null }>()).session;
}

import { limits } from "../../shared/limits.ts";
import { cookieOf } from "./cookies.ts";

/**
 * The prefix has browsers take it from this host alone, over TLS, for all paths (RFC 6265bis,
 * 4.1.3.2): no other host of the domain can set it.
 */
export const sessionCookieName = "__Host-session";
const attributes = "Path=/; Secure; HttpOnly; SameSite=Strict";

/** The secret in a request's session cookie, or null. */
export function sessionCookieOf(request: Request): string | null {
  return cookieOf(request, sessionCookieName);
}

/** A Set-Cookie header that keeps a session's secret for as long as the session lasts. */
export function keepSessionCookie(secret: string): string {
  const seconds = Math.floor(limits.sessionMs / 1_000);
  return `${sessionCookieName}=${secret}; ${attributes}; Max-Age=${seconds}`;
}

/** A Set-Cookie header that has the browser forget it. */
export const dropSessionCookie = `${sessionCookieName}=; ${attributes}; Max-Age=0`;

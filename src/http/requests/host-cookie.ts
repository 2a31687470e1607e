import { cookieOf } from "./cookies.ts";

/** A cookie of this host alone, which no script reads. */
export interface HostCookie {
  name: string;
  /** Its value in a request, or null. */
  of(request: Request): string | null;
  /** A Set-Cookie header that keeps a value. */
  keep(value: string): string;
  /** A Set-Cookie header that has the browser forget it. */
  drop: string;
}

/**
 * A cookie whose prefix has browsers take it from this host alone, over TLS, for all paths
 * (RFC 6265bis, 4.1.3.2): no other host of the domain can set it.
 */
export function hostCookie(
  word: string,
  { sameSite, lastsMs }: { sameSite: "Strict" | "Lax"; lastsMs: number },
): HostCookie {
  const name = `__Host-${word}`;
  const attributes = `Path=/; Secure; HttpOnly; SameSite=${sameSite}`;
  const seconds = Math.floor(lastsMs / 1_000);
  return {
    name,
    of: (request) => cookieOf(request, name),
    keep: (value) => `${name}=${value}; ${attributes}; Max-Age=${seconds}`,
    drop: `${name}=; ${attributes}; Max-Age=0`,
  };
}

import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { GatewayRefusal } from "../refusal.ts";

/**
 * Lets a request pass that carries the expected `Authorization`, and says nothing, in words or in
 * time, about how near another one came.
 */
export function requireCredential(expected: string): MiddlewareHandler {
  const wanted = digest(expected);
  return async (c, next) => {
    // Digests have one length, which the comparison needs and which hides the secret's own.
    if (!timingSafeEqual(digest(c.req.header("authorization") ?? ""), wanted)) {
      throw new GatewayRefusal("credential.invalid");
    }
    await next();
  };
}

export function basicCredential(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

export function bearerCredential(token: string): string {
  return `Bearer ${token}`;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

import { spreadDelayMs, type DelayBounds } from "../shared/backoff.ts";
import { limits } from "../shared/limits.ts";
import type { KeyedRouteName, RouteName } from "./routes.ts";

/**
 * How a call is repeated that may be. It ends with the tries or with the patience, whichever is
 * first.
 */
export type RetryPolicy = DelayBounds & {
  triesMax: number;
  /** From the first try on. A wait that would end after it is not begun. */
  patienceMs: number;
};

/** What suits a browser: a few tries, seconds apart. */
export const defaultRetryPolicy: RetryPolicy = {
  triesMax: limits.clientTriesMax,
  patienceMs: limits.clientPatienceMsMax,
  firstMs: limits.clientRetryMsFirst,
  maxMs: limits.clientRetryMsMax,
};

/**
 * Writes that change nothing when they are repeated, and answer the same. A rebuild begins anew:
 * one more entry in the audit log, and the same rows.
 */
const harmlessTwice: ReadonlySet<RouteName> = new Set<RouteName>([
  "POST /api/v1/decisions/{decisionId}/open",
  "POST /api/v1/decisions/{decisionId}/close",
  "POST /api/v1/decisions/{decisionId}/cancel",
  "POST /api/v1/decisions/{decisionId}/tokens/exchange",
  "POST /api/v1/decisions/{decisionId}/eligibility",
  "POST /api/v1/decisions/{decisionId}/votes/mine",
  "POST /api/v1/decisions/{decisionId}/marked-register",
  "POST /api/v1/decisions/{decisionId}/rebuild",
  "POST /api/v1/dead-letters/{deadLetterId}/replay",
  "POST /api/v1/rules/evaluate",
  "POST /api/v1/plan",
  "POST /api/v1/search/reindex",
  "PUT /api/v1/backups/{backup}/objects/{object}",
]);

/** A repeat of a vote is known by its nonce, in a roll call also by its key or its own words. */
const keyedRoutes: Record<KeyedRouteName, true> = {
  "POST /api/v1/voting/cast-vote": true,
  "POST /api/v1/voting/withdraw": true,
  "POST /api/v1/decisions/{decisionId}/votes/batch": true,
};

/** Whether a call may be sent again. A draft without a slug would be a second one. */
export function isRepeatable(name: RouteName, body?: unknown): boolean {
  if (name === "POST /api/v1/decisions") return hasSlug(body);
  return name.startsWith("GET ") || Object.hasOwn(keyedRoutes, name) || harmlessTwice.has(name);
}

function hasSlug(body: unknown): boolean {
  return typeof body === "object" && body !== null && "slug" in body && body.slug !== undefined;
}

/** Answers that promise that nothing has happened, or that something on the way lost the answer. */
export function saysLater(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/**
 * Reads a Retry-After header in seconds, the one form that the platform sends; anything else asks
 * for nothing.
 */
export function parseRetryAfterMs(header: string | null): number {
  if (header === null || !/^\d{1,4}$/.test(header)) return 0;
  return Math.min(Number(header) * 1_000, limits.clientRetryAfterMsMax);
}

/**
 * Milliseconds to wait after so many tries, never fewer than Retry-After asks for; `random` is in
 * [0, 1).
 */
export function retryDelayMs(
  { tries, retryAfterMs }: { tries: number; retryAfterMs: number },
  bounds: DelayBounds,
  random: number,
): number {
  return retryAfterMs + spreadDelayMs(tries, bounds, random);
}

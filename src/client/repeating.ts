import { spreadDelayMs } from "../shared/backoff.ts";
import { limits } from "../shared/limits.ts";
import type { KeyedRouteName, RouteName } from "./routes.ts";

/** Writes that a repeat finds done: it changes nothing, and answers the same. */
const foundDone: ReadonlySet<RouteName> = new Set<RouteName>([
  "POST /api/v1/decisions/{decisionId}/open",
  "POST /api/v1/decisions/{decisionId}/close",
  "POST /api/v1/decisions/{decisionId}/cancel",
  "POST /api/v1/decisions/{decisionId}/tokens/exchange",
  "POST /api/v1/decisions/{decisionId}/eligibility",
  "POST /api/v1/rules/evaluate",
]);

/** Writes that a repeat finds done by the key that both carry. */
const foundByKey: Record<KeyedRouteName, true> = {
  "POST /api/v1/voting/cast-vote": true,
  "POST /api/v1/voting/withdraw": true,
  "POST /api/v1/decisions/{decisionId}/votes/batch": true,
};

/** Whether a call may be sent again. What is not known to bear it is sent once: a second key or a second draft would be one too many. */
export function isRepeatable(name: RouteName): "yes" | "with its key" | "no" {
  if (Object.hasOwn(foundByKey, name)) return "with its key";
  return name.startsWith("GET ") || foundDone.has(name) ? "yes" : "no";
}

/** Answers that promise that nothing has happened, or that something on the way lost the answer. */
export function saysLater(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** Milliseconds before the next try, never fewer than Retry-After asks for, within bounds; `random` in [0, 1) keeps clients apart that failed together. */
export function retryDelayMs(tries: number, retryAfterSeconds: number, random: number): number {
  const bounds = { firstMs: limits.clientRetryMsFirst, maxMs: limits.clientRetryMsMax };
  const asked = Math.min(Math.max(retryAfterSeconds, 0) * 1_000, limits.clientRetryAfterMsMax);
  return asked + spreadDelayMs(tries, bounds, random);
}

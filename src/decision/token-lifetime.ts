import { limits } from "../shared/limits.ts";
import type { Decision } from "./decision.ts";

/**
 * When a decision's ballot tokens end at the latest, in ms: a day after the close, or after the
 * latest end that its frozen window can come to; null where nobody knows that yet.
 */
export function tokensEndAt({ manifest, closedAt, extendedTo }: Decision): number | null {
  if (closedAt !== null) return closedAt + limits.tokenAfterCloseMs;
  if (manifest === null || manifest.closesAt === null) return null;
  const extensionMs = (manifest.extensionMinutes ?? 0) * 60_000;
  return (extendedTo ?? manifest.closesAt + extensionMs) + limits.tokenAfterCloseMs;
}

/**
 * Whether tokens are no longer good for what ended at `endedAt`, at `now` (both in ms); null where
 * it goes on without an end. The actual end counts, so an extension needs no new tokens.
 */
export function areTokensOver(endedAt: number | null, now: number): boolean {
  return endedAt !== null && now > endedAt + limits.tokenAfterCloseMs;
}

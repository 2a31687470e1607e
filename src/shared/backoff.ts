import { limits } from "./limits.ts";

export type DelayBounds = { firstMs: number; maxMs: number };

/**
 * Milliseconds to wait before the n-th try again (n from 1): twice as long each time, up to a
 * bound.
 */
export function growingDelayMs(tries: number, { firstMs, maxMs }: DelayBounds): number {
  return Math.min(firstMs * 2 ** (tries - 1), maxMs);
}

/**
 * The same with jitter, which keeps apart who failed together: between half of it and all; `random`
 * in [0, 1).
 */
export function spreadDelayMs(tries: number, bounds: DelayBounds, random: number): number {
  return growingDelayMs(tries, bounds) * (0.5 + random / 2);
}

/** Milliseconds until an object's alarm tries again after its n-th failure in a row (n from 1). */
export function alarmRetryDelayMs(failures: number): number {
  const { retryDelayMsFirst: firstMs, retryDelayMsMax: maxMs } = limits;
  return growingDelayMs(failures, { firstMs, maxMs });
}

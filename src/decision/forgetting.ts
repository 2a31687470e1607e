import type { Decision } from "./decision.ts";

const msPerDay = 86_400_000;

/**
 * When a certified decision's keys, roll and ballots are to be forgotten, in ms; null where nobody
 * asked for it, before it is certified, and once it has been done.
 */
export function forgettingMoment({
  status,
  manifest,
  certifiedAt,
  forgottenAt,
}: Decision): number | null {
  const days = manifest?.retentionDays ?? null;
  if (status !== "certified" || certifiedAt === null || days === null) return null;
  return forgottenAt === null ? certifiedAt + days * msPerDay : null;
}

/** Whether a decision's keys, roll and ballots are to go now, or are going. */
export function isForgettingDue(decision: Decision, now: number): boolean {
  const moment = forgettingMoment(decision);
  return moment !== null && moment <= now;
}

/** Whether a decision's keys, roll and ballots are gone, or going. */
export function isForgotten(decision: Decision, now: number): boolean {
  return decision.forgottenAt !== null || isForgettingDue(decision, now);
}

/** Notes that all of it is gone, since `at` (ms). */
export function forgetDecision(decision: Decision, at: number): Decision {
  return { ...decision, forgottenAt: at };
}

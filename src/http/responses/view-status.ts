import { recordStages, type ListedChecks, type AgreementCheck } from "../../ports/record-check.ts";
import { isoOrNull } from "../../shared/iso-or-null.ts";
import { limits } from "../../shared/limits.ts";
import { release } from "../../shared/release.ts";
import type { Readiness } from "../readiness/probe-parts.ts";

/** How a decision's last check may be taken now. */
export const checkStates = ["agrees", "behind", "broken", "not_checked"] as const;
type CheckState = (typeof checkStates)[number];

/**
 * How the whole does. `idle`: all parts work, and no decision is under way. `degraded`: a part of the
 * deployment has a problem, or something waits for longer than it should.
 */
export const serviceStates = ["ok", "idle", "degraded", "not_checked", "broken"] as const;
type ServiceState = (typeof serviceStates)[number];

/** What one look has found; no checks where the registry did not say. */
type StatusLook = { readiness: Readiness; checks: ListedChecks | null };

/** The status at `now`, of a look that began at `lookedAt` (both ms). */
export function viewStatus({ readiness, checks }: StatusLook, lookedAt: number, now: number) {
  const freshSince = now - freshMs(checks?.live ?? 0);
  const decisions = (checks?.checks ?? []).map((check) => viewCheck(check, freshSince));
  // Where one waits for its first check, no time is that of the oldest.
  const oldestAt = checks?.askedAt === null ? checks.oldestAt : null;
  return {
    state: serviceState({ readiness, checks }, decisions, freshSince),
    looked_at: new Date(lookedAt).toISOString(),
    release,
    api_version: "v1" as const,
    ready: readiness.isReady,
    causes: [...new Set(readiness.causes.map(({ code }) => code))],
    oldest_check_at: isoOrNull(oldestAt),
    decisions_checked: checks?.decisions ?? null,
    decisions,
  };
}

function viewCheck(check: AgreementCheck, freshSince: number) {
  const { decisionId, title, rehearsal, status, shows, checkedAt, accepted, stages } = check;
  return {
    decision_id: decisionId,
    title,
    rehearsal,
    status,
    shows,
    state: checkState(check, freshSince),
    checked_at: new Date(checkedAt).toISOString(),
    accepted,
    stages: recordStages.map((stage) => {
      const { state, cause, since } = stages[stage];
      return { stage, state, cause, since: isoOrNull(since) };
    }),
    checks_a_round: check.checksARound,
    certified_at: isoOrNull(check.certifiedAt),
  };
}

function checkState({ stages, checkedAt }: AgreementCheck, freshSince: number): CheckState {
  const states = new Set(Object.values(stages).map(({ state }) => state));
  if (states.has("broken")) return "broken";
  if (states.has("unknown") || checkedAt < freshSince) return "not_checked";
  return states.has("behind") ? "behind" : "agrees";
}

/** Decisions that are certified are checked when there is time: how long ago says nothing. */
function serviceState(
  { readiness, checks }: StatusLook,
  decisions: readonly { state: CheckState; certified_at: string | null }[],
  freshSince: number,
): ServiceState {
  const states = decisions.map(({ state }) => state);
  if (states.includes("broken")) return "broken";
  const live = decisions.filter(({ certified_at }) => certified_at === null);
  const isUnknown = live.some(({ state }) => state === "not_checked");
  if (checks === null || isUnknown) return "not_checked";
  const dueSince = [checks.oldestAt, checks.askedAt].filter((at) => at !== null);
  if (dueSince.some((at) => at < freshSince)) return "not_checked";
  if (!readiness.isReady) return "degraded";
  return dueSince.length === 0 ? "idle" : "ok";
}

/** For how long a check counts, in ms: all that are not certified must have their turn in it. */
function freshMs(live: number): number {
  const minutes = Math.max(1, Math.ceil(live / limits.checkedDecisionsMax));
  return limits.checkFreshMs + (minutes - 1) * 60_000;
}

import type { Decision } from "./decision.ts";

/**
 * How long before the end an extension is decided, in ms: so long every shard has to be told, with
 * retries, before its window ends. A quorum that is reached later than this does not extend.
 */
export const extensionLeadMs = 10_000;

/**
 * When the quorum has to be looked at next, in ms: as the last minutes begin, and shortly before
 * the end; null when never again.
 */
export function extensionMoment({ manifest, quorumWatch }: Decision): number | null {
  if (manifest === null || manifest.closesAt === null || manifest.extensionMinutes === null)
    return null;
  if (quorumWatch === "settled") return null;
  const { opensAt, closesAt, extensionMinutes } = manifest;
  if (quorumWatch === null) return Math.max(opensAt, closesAt - extensionMinutes * 60_000);
  return Math.max(opensAt, closesAt - extensionLeadMs);
}

/**
 * What a look at the quorum comes to at `now` (ms). Only where it was missing as the last minutes
 * began, and is reached now, before the window has ended, is the window extended: once.
 */
export function watchQuorum(decision: Decision, isQuorate: boolean, now: number): Decision {
  const due = extensionMoment(decision);
  const { manifest, quorumWatch } = decision;
  if (decision.status !== "open" || due === null || now < due) return decision;
  if (quorumWatch === null) return { ...decision, quorumWatch: isQuorate ? "settled" : "missing" };
  if (manifest === null || manifest.closesAt === null || manifest.extensionMinutes === null)
    return decision;
  const isLate = isQuorate && now < manifest.closesAt;
  const extendedTo = isLate ? manifest.closesAt + manifest.extensionMinutes * 60_000 : null;
  return { ...decision, quorumWatch: "settled", extendedTo };
}

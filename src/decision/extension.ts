import { limits } from "../shared/limits.ts";
import type { Decision, Manifest } from "./decision.ts";

/**
 * When the last minutes of the window begin, in ms: a quorum that is reached from then on extends
 * it. Null where none does.
 */
export function lastMinutesAt({
  opensAt,
  closesAt,
  extensionMinutes,
}: Pick<Manifest, "opensAt" | "closesAt" | "extensionMinutes">): number | null {
  if (closesAt === null || extensionMinutes === null) return null;
  return Math.max(opensAt, closesAt - extensionMinutes * 60_000);
}

/** When it has to be decided whether the window is extended, in ms; null where it never has. */
export function extensionDueAt(decision: Decision): number | null {
  const { status, manifest, isExtensionDecided } = decision;
  if (status !== "open" || manifest === null || isExtensionDecided) return null;
  return lastMinutesAt(manifest) === null ? null : manifest.closesAt;
}

/**
 * Whether the end of the extended window may still move, since a shard may not know of it: such a
 * decision does not close with that end. It moves only so often, so a shard that is silent for ever
 * keeps no decision open.
 */
export function isEndMovable({
  status,
  extendedTo,
  extensionMoves,
  isExtensionTold,
}: Pick<Decision, "status" | "extendedTo" | "extensionMoves" | "isExtensionTold">): boolean {
  const isUntold = status === "open" && extendedTo !== null && !isExtensionTold;
  return isUntold && extensionMoves < limits.extensionMovesMax;
}

/**
 * The decision whose shards are about to be told of the extended window, at `now` (ms): where that
 * comes long after the extension began, it begins now, so that voters have all of it.
 */
export function moveUntoldEnd(decision: Decision, now: number): Decision {
  const { extendedTo, extensionMoves } = decision;
  if (extendedTo === null || !isEndMovable(decision)) return decision;
  const extensionMs = extensionMsOf(decision);
  if (now - (extendedTo - extensionMs) <= limits.extensionPauseMsMax) return decision;
  return { ...decision, extendedTo: now + extensionMs, extensionMoves: extensionMoves + 1 };
}

function extensionMsOf({ manifest }: Decision): number {
  return (manifest?.extensionMinutes ?? 0) * 60_000;
}

/** Whether every quorum was met as the last minutes began, and as the window ended. */
export interface QuorumWatch {
  wasQuorate: boolean;
  isQuorate: boolean;
}

/**
 * Decides at `now` (ms), after the window's end, whether it goes on: once, and only where the
 * quorum came in its last minutes. Where that could not be decided soon, the extension begins with
 * the decision, so that voters have all of it.
 */
export function decideExtension(
  decision: Decision,
  { wasQuorate, isQuorate }: QuorumWatch,
  now: number,
): Decision {
  const due = extensionDueAt(decision);
  if (due === null || now < due) return decision;
  if (wasQuorate || !isQuorate) return { ...decision, isExtensionDecided: true };
  const beginsAt = now - due > limits.extensionPauseMsMax ? now : due;
  const extendedTo = beginsAt + extensionMsOf(decision);
  return { ...decision, isExtensionDecided: true, extendedTo };
}

import { forgettingMoment } from "./forgetting.ts";
import type { Decision, DecisionDraft, DecisionMap, DecisionStatus, Manifest } from "./decision.ts";
import { extensionDueAt, isEndMovable } from "./extension.ts";
import { findRuleFaults } from "./decision-rule.ts";
import { freezeManifest } from "./manifest.ts";
import { findPlacementFaults } from "./placement.ts";
import { canonicalJson } from "../shared/canonical-json.ts";
import { fitRoll, type Roll } from "./roll.ts";
import { limits } from "../shared/limits.ts";
import { utf8Bytes } from "../shared/utf8-bytes.ts";
import type { RuleBounds, RuleFault } from "../rules/rule.ts";
import { windowState } from "./window.ts";

export type LifecycleRefusal =
  | "decision.not_draft"
  | "decision.changed"
  | "decision.not_open"
  | "decision.no_end"
  | "decision.not_over"
  | "decision.already_ended"
  | "decision.window_backwards"
  | "decision.too_large"
  | "decision.window_passed"
  | "rule.invalid"
  | "placement.invalid"
  | "roll.missing"
  | "roll.outdated"
  | "roll.refused_rows"
  | "roll.superseded"
  | "roll.open_electorate"
  | "roll.small_cells"
  | "roll.small_groups";

/** `faults` say what is wrong, and where in the draft. */
export type Transition =
  | { decision: Decision }
  | { refused: LifecycleRefusal; faults?: readonly RuleFault[] };

/**
 * How far along its life a decision is. Only grows, so it can be part of a version that never goes
 * back.
 */
export const lifecycleSteps: Record<DecisionStatus, number> = {
  draft: 0,
  scheduled: 1,
  open: 2,
  closing: 3,
  closed: 4,
  cancelled: 4,
  certified: 5,
};

/** A number that grows with every change of a decision once it was opened. */
export function versionOfOpened({
  status,
  isExtensionDecided,
  extensionMoves,
  isExtensionTold,
  forgottenAt,
}: Pick<
  Decision,
  "status" | "isExtensionDecided" | "extensionMoves" | "isExtensionTold" | "forgottenAt"
>): number {
  // Each of them only goes one way: the moves to their bound, and the other three by one.
  const flags = Number(isExtensionDecided) + Number(isExtensionTold) + Number(forgottenAt !== null);
  return (limits.extensionMovesMax + 4) * lifecycleSteps[status] + extensionMoves + flags;
}

/** Whether the last word is said: every shard is sealed, and the outcome stands. */
export function isSettled(status: string): boolean {
  return status === "closed" || status === "certified";
}

/** Whether the decision's record is compared with nothing any more. */
export function isCheckless({ status, forgottenAt }: Decision): boolean {
  return status === "cancelled" || forgottenAt !== null;
}

/** Whether at `now` (ms) it was certified so long ago that what agrees is checked no longer. */
export function isLongCertified({ certifiedAt }: Pick<Decision, "certifiedAt">, now: number) {
  return certifiedAt !== null && now - certifiedAt > limits.checkedAfterMs;
}

/**
 * Opens a draft: the manifest is frozen now, the window may begin later. Opening what is open
 * already changes nothing.
 */
export function openDecision(
  decision: Decision,
  now: number,
  hash: (manifest: Manifest) => string,
): Transition {
  if (isOpenOrScheduled(decision)) return { decision };
  if (decision.status !== "draft") return { refused: "decision.already_ended" };
  const electorate = resolveElectorate(decision);
  if ("refused" in electorate) return electorate;
  const { closesAt, endsEarly } = decision.draft;
  if (closesAt === null && endsEarly !== "by_organiser") return { refused: "decision.no_end" };
  const manifest = freezeManifest(decision, electorate.roll, now);
  if (windowState(manifest, manifest.opensAt) === "after")
    return { refused: "decision.window_passed" };
  const status = manifest.opensAt > now ? "scheduled" : "open";
  return { decision: { ...decision, status, manifest, manifestHash: hash(manifest) } };
}

/** Whether a decision takes votes, or will once its window begins. */
export function isOpenOrScheduled({ status }: Decision): boolean {
  return status === "open" || status === "scheduled";
}

function resolveElectorate({
  draft,
  roll,
}: Decision): { roll: Roll | null } | { refused: LifecycleRefusal } {
  if (draft.electorate === "open") return { roll: null };
  if (roll === null) return { refused: "roll.missing" };
  const fitting = fitRoll(roll, draft);
  if (fitting === null) return { refused: "roll.outdated" };
  const { refused: _refused, placement: _placement, ...frozen } = fitting;
  return { roll: frozen };
}

/** Whether a roll may be imported now, or why not. */
export function rollRefusal({ status, draft }: Decision): LifecycleRefusal | null {
  if (status !== "draft") return "decision.not_draft";
  return draft.electorate === "open" ? "roll.open_electorate" : null;
}

/** Puts a complete import in force, in place of the one before. */
export function adoptRoll(decision: Decision, roll: Roll): Transition {
  const refused = rollRefusal(decision);
  if (refused !== null) return { refused };
  // Shards or regions were changed while it was being uploaded.
  if (fitRoll(roll, decision.draft) === null) return { refused: "roll.outdated" };
  return { decision: { ...decision, roll } };
}

/** Puts a map of the regions in a draft, in place of the one before; null takes it away. */
export function drawMap(decision: Decision, map: DecisionMap | null): Transition {
  if (decision.status !== "draft") return { refused: "decision.not_draft" };
  const isSame = map?.hash === decision.map?.hash;
  return { decision: isSame ? decision : { ...decision, map } };
}

/**
 * Has the organiser close a decision. Its window's own end does so by itself (`passTime`), so this
 * is always before that, which the manifest must allow.
 */
export function closeDecision(decision: Decision): Transition {
  if (decision.status === "closing" || isSettled(decision.status)) return { decision };
  if (decision.status === "draft" || decision.status === "scheduled")
    return { refused: "decision.not_open" };
  if (decision.status === "cancelled") return { refused: "decision.already_ended" };
  if (decision.manifest?.endsEarly !== "by_organiser") return { refused: "decision.not_over" };
  return { decision: beginClosing(decision) };
}

/** Begins the end of an open decision: from here on shards are asked for their seals. */
export function beginClosing(decision: Decision): Decision {
  return { ...decision, status: "closing" };
}

/**
 * Closes a decision whose shards are all sealed, the last of them at `sealedAt` (ms). It closed
 * when its window ended or, where it was ended before, with that seal: until then a ballot may have
 * been taken, and in neither case was one later.
 */
export function sealDecision(decision: Decision, sealedAt: number): Decision {
  const closesAt = closesAtOf(decision) ?? Number.POSITIVE_INFINITY;
  const closedAt = decision.closedAt ?? Math.min(sealedAt, closesAt);
  return { ...decision, status: "closed", closedAt };
}

/**
 * Ends a decision without a result. Ballots stay in the record, and no further one is accepted once
 * the shards are sealed. A draft had none: its roll goes, since no vote was ever checked against
 * it.
 */
export function cancelDecision(decision: Decision): Transition {
  if (decision.status === "cancelled") return { decision };
  if (decision.status === "closing" || isSettled(decision.status))
    return { refused: "decision.already_ended" };
  const roll = decision.status === "draft" ? null : decision.roll;
  return { decision: { ...decision, status: "cancelled", roll } };
}

/**
 * Once what was projected is whole and comes to what the record says, the decision is certified, at
 * `at` (ms).
 */
export function certifyDecision(decision: Decision, at: number): Decision {
  const certified = { ...decision, status: "certified", certifiedAt: at } as const;
  return decision.status === "closed" ? certified : decision;
}

/** The moment of a change to a draft, in ms, and how large its rule may be. */
export interface AmendingContext {
  now: number;
  bounds: RuleBounds;
}

/**
 * Changes a draft; a frozen manifest can't be changed. The rule is checked anew, since it may count
 * by what has changed. What the draft says already changes nothing.
 */
export function amendDraft(
  decision: Decision,
  changes: Partial<DecisionDraft>,
  { now, bounds }: AmendingContext,
): Transition {
  if (decision.status !== "draft") return { refused: "decision.not_draft" };
  const passed = refusePassedEnd(changes, now);
  if (passed !== null) return passed;
  const draft = { ...decision.draft, ...changes, id: decision.draft.id };
  const isBackwards =
    draft.opensAt !== null && draft.closesAt !== null && draft.opensAt >= draft.closesAt;
  if (isBackwards) return { refused: "decision.window_backwards" };
  if (draftBytes(draft) > limits.draftBytesMax) return { refused: "decision.too_large" };
  const faults = findRuleFaults(draft, bounds);
  if (faults.length > 0) return { refused: "rule.invalid", faults };
  const misplaced = findPlacementFaults(draft);
  if (misplaced.length > 0) return { refused: "placement.invalid", faults: misplaced };
  const isSame = canonicalJson(draft) === canonicalJson(decision.draft);
  return { decision: isSame ? decision : { ...decision, draft } };
}

/** Refuses an end of the window that lies in the past as it is written, at `now` (ms). */
export function refusePassedEnd(
  { closesAt }: Partial<Pick<DecisionDraft, "closesAt">>,
  now: number,
): Extract<Transition, { refused: unknown }> | null {
  if (closesAt === undefined || closesAt === null || closesAt > now) return null;
  const detail = `a time to come; it is ${new Date(now).toISOString()} here`;
  return { refused: "decision.window_passed", faults: [{ pointer: "/closes_at", detail }] };
}

/** The bytes of a draft as JSON, with its rule as the document that it is. */
function draftBytes({ rule, ...rest }: DecisionDraft): number {
  return utf8Bytes(canonicalJson(rest)) + utf8Bytes(rule);
}

/**
 * What the clock alone does to a decision: a scheduled one opens, an open one begins to close, but
 * not before it is decided whether it is extended, and every shard knows of that.
 */
export function passTime(decision: Decision, now: number): Decision {
  if (decision.manifest === null) return decision;
  const { opensAt } = decision.manifest;
  const closesAt = closesAtOf(decision);
  const state = windowState({ opensAt, closesAt }, now);
  if (decision.status === "scheduled" && state !== "before")
    return passTime({ ...decision, status: "open" }, now);
  const isEndSettled = extensionDueAt(decision) === null && !isEndMovable(decision);
  if (decision.status === "open" && state === "after" && isEndSettled)
    return { ...decision, status: "closing", closedAt: closesAt };
  return decision;
}

/** When the clock next changes this decision, in ms; null when it never does. */
export function nextLifecycleMoment(decision: Decision): number | null {
  if (decision.manifest === null) return null;
  if (decision.status === "scheduled") return decision.manifest.opensAt;
  if (decision.status === "certified") return forgettingMoment(decision);
  return decision.status === "open" ? closesAtOf(decision) : null;
}

/**
 * When the window of an opened decision ends, extended or not, in ms; null where only its organiser
 * ends it.
 */
export function closesAtOf({ manifest, extendedTo }: Decision): number | null {
  return extendedTo ?? manifest?.closesAt ?? null;
}

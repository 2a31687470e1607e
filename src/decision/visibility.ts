import { isPublished } from "./readers.ts";
import type { Decision, DecisionStatus, Manifest, Visibility } from "./decision.ts";

/** What may be shown at a moment. */
export const showings = ["counts", "turnout", "nothing"] as const;
export type Showing = (typeof showings)[number];

const beforeTheClose: Record<Visibility, Showing> = {
  live: "counts",
  turnout: "turnout",
  sealed: "nothing",
};

/** Whether anybody may see before the close how many have voted. */
export function isTurnoutShown({ visibility }: { visibility: Visibility }): boolean {
  return beforeTheClose[visibility] !== "nothing";
}

/**
 * Whether no ballot can come any more. In `closing` some shard may still take votes. A cancelled
 * decision never gets there: it has no result, and the question may be put again to voters who must
 * not know how it went.
 */
const isCounted: Record<DecisionStatus, boolean> = {
  draft: false,
  scheduled: false,
  open: false,
  closing: false,
  closed: true,
  certified: true,
  cancelled: false,
};

/** What of a decision's counts may be shown, to anyone, while it has this status. */
export function showingOf(visibility: Visibility, status: DecisionStatus): Showing {
  return isCounted[status] ? "counts" : beforeTheClose[visibility];
}

/**
 * Whether lists of a region's results hold this decision by now. Outside roll calls certification
 * says which regions are shown, and what was listed before would stay.
 */
export function isListedByRegion({ draft, status, manifest }: Decision): boolean {
  if (!isPublished({ manifest })) return false;
  if (draft.disclosure !== "roll_call") return status === "certified";
  return showingOf(draft.visibility, status) === "counts";
}

/** Whether figures are shown as releases and not to the single ballot. */
export function isReleased({ draft, status }: Pick<Decision, "draft" | "status">): boolean {
  return draft.disclosure !== "roll_call" && !isCounted[status];
}

declare const disclosed: unique symbol;

/** The id of a decision whose counts may be read. Only `discloseCounts` makes one. */
export type DisclosedId = string & { readonly [disclosed]: true };
export type DisclosedManifest = Manifest & { decisionId: DisclosedId };
export type DisclosedDecision = {
  id: DisclosedId;
  status: DecisionStatus;
  /** Null before it is opened. */
  manifest: DisclosedManifest | null;
};

/**
 * The right to read ballots and shard tallies; null while less than all counts is shown, which
 * releases are.
 */
export function discloseCounts({ draft, status, manifest }: Decision): DisclosedDecision | null {
  if (showingOf(draft.visibility, status) !== "counts" || isReleased({ draft, status }))
    return null;
  // The one place that makes the type, right after the question that it stands for.
  return {
    id: draft.id as DisclosedId,
    status,
    manifest: manifest as DisclosedManifest | null,
  };
}

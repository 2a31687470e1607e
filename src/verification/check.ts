/** What a stranger checks of a certified decision, in the order in which it is told. */
export const publicChecks = [
  "signature",
  "manifest",
  "counted_list",
  "others_list",
  "ballot_hashes",
  "regions_and_weights",
  "notes",
  "shown_cells",
  "ballots",
  "weight",
  "regional_tallies",
  "rule",
  "forecast",
] as const;

/** What only an auditor's key checks besides. */
export const auditorChecks = ["openings", "voters", "withdrawals", "copies"] as const;

export type CheckName = (typeof publicChecks)[number] | (typeof auditorChecks)[number];

/** Why something was checked in part, or not at all. */
export const checkReasons = [
  /** The decision's disclosure: the list has hashes and nothing else. */
  "aggregate",
  /** Regions and weights of too few voters stand beside no ballot. */
  "cells_hidden",
  /** The outcome has no figures of regions with too few voters. */
  "regions_hidden",
  /** The decision has none. */
  "none_there",
  /** This runtime knows no Ed25519. */
  "no_ed25519",
  /** What it rests on was itself found to be wrong. */
  "foundation_wrong",
  /** Only who has a key of an auditor reads that. */
  "needs_auditor",
] as const;
export type CheckReason = (typeof checkReasons)[number];

export interface Check {
  check: CheckName;
  state: "passed" | "failed" | "partly" | "not_checked";
  /** Rows, requirements or regions that were checked, and how many there are. */
  done?: number;
  of?: number;
  reason?: CheckReason;
}

/** What a dispute about this decision would rest on. */
export type DisputeBasis =
  /** Outcome and key: two signed outcomes of one decision that differ prove fraud. */
  | "signed_outcome"
  /** A receipt whose hash is in neither list proves a loss. */
  | "receipts"
  /** What opens hidden regions and weights, and choices of `aggregate` lists: auditors read it. */
  | "auditor_openings"
  /** That each ballot is of a voter of the electorate, and one: auditors hold it against the roll. */
  | "auditor_roll";

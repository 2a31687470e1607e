import type { ApiDecision } from "../contract.ts";
import { hasResults } from "./decision-phase.ts";

/** Which of a decision's resources answer with more than a refusal. */
export type AvailableRecords = {
  results: boolean;
  outcome: boolean;
  /** Frozen at the opening, as are the events counted from there. */
  manifest: boolean;
  events: boolean;
  /** The published ballots, which certifying writes. */
  publication: boolean;
  /** The ballots of a roll call as they come in. */
  received: boolean;
  certificate: boolean;
};

/** What is there of a decision at its status; `isCounted` says whether its counts are shown. */
export function availableRecords(
  { status, manifest_hash: manifestHash, disclosure, forgotten_at: forgottenAt }: ApiDecision,
  isCounted: boolean,
): AvailableRecords {
  return {
    results: hasResults(status),
    outcome: isCounted,
    manifest: manifestHash !== null,
    events: manifestHash !== null,
    publication: status === "certified",
    received: disclosure === "roll_call" && isCounted && forgottenAt === null,
    certificate: status === "certified",
  };
}

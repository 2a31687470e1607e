import type { Decision, DecisionDraft } from "../../src/decision/decision.ts";
import { canonicalJson } from "../../src/shared/canonical-json.ts";
import { defaultRule } from "./default-rule.ts";

/** A whole draft of an open electorate in one region: a test names what it needs otherwise. */
export function sampleDraft(given: Partial<DecisionDraft> = {}): DecisionDraft {
  return {
    id: "delta",
    rehearsal: false,
    title: "Restore the delta",
    description: "",
    translations: null,
    regions: [{ code: "north", name: "North" }],
    revotePolicy: "final",
    opensAt: null,
    closesAt: null,
    shards: 1,
    locationHints: [],
    placement: [],
    expectedWatchers: 0,
    weightMax: 1,
    visibility: "live",
    disclosure: "roll_call",
    releaseMin: 10,
    stations: "first_wins",
    smallCellsMin: 0,
    login: null,
    retentionDays: null,
    electorate: "open",
    voterIds: "case_mapped",
    electorateSize: null,
    extensionMinutes: null,
    endsEarly: "by_organiser",
    rule: canonicalJson(defaultRule()),
    ...given,
  };
}

/** A decision that was drafted at 0 and not changed since. */
export function sampleDecision(draft: DecisionDraft = sampleDraft()): Decision {
  return {
    draft,
    owner: null,
    status: "draft",
    createdAt: 0,
    roll: null,
    map: null,
    isExtensionDecided: false,
    extendedTo: null,
    extensionMoves: 0,
    isExtensionTold: false,
    closedAt: null,
    certifiedAt: null,
    forgottenAt: null,
    manifest: null,
    manifestHash: null,
  };
}

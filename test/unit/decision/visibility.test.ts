import { describe, expect, it } from "vitest";
import { statuses, type Decision, type DecisionStatus } from "../../../src/decision/decision.ts";
import { openDecision } from "../../../src/decision/lifecycle.ts";
import { canonicalJson } from "../../../src/shared/canonical-json.ts";
import {
  discloseCounts,
  isListedByRegion,
  isReleased,
  showingOf,
} from "../../../src/decision/visibility.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

type Terms = Parameters<typeof sampleDraft>[0];

/** A decision that was opened, brought to this status. */
function decisionAt(status: DecisionStatus, terms: Terms = {}): Decision {
  const opened = openDecision(sampleDecision(sampleDraft(terms)), 100, canonicalJson);
  if ("refused" in opened) throw new Error(opened.refused);
  return { ...opened.decision, status };
}

function statusesWhere(isMeant: (status: DecisionStatus) => boolean): DecisionStatus[] {
  return statuses.filter(isMeant);
}

describe("what is shown of a decision's counts", () => {
  it("is what its visibility says until no vote can come, and then all; never after a cancellation", () => {
    for (const status of statuses) {
      const isEnded = status === "closed" || status === "certified";
      expect(showingOf("live", status)).toBe("counts");
      expect(showingOf("turnout", status)).toBe(isEnded ? "counts" : "turnout");
      expect(showingOf("sealed", status)).toBe(isEnded ? "counts" : "nothing");
    }
  });

  it("is released in steps until it has closed, but of a roll call", () => {
    const releasedOf = (terms: Terms) =>
      statusesWhere((status) => isReleased(decisionAt(status, terms)));
    expect(releasedOf({ disclosure: "roll_call" })).toEqual([]);
    const after = statusesWhere((status) => status !== "closed" && status !== "certified");
    expect(releasedOf({ disclosure: "pseudonymous" })).toEqual(after);
  });

  it("stands in lists of regions once counts are shown, and outside roll calls once certified", () => {
    const listedOf = (terms: Terms) =>
      statusesWhere((status) => isListedByRegion(decisionAt(status, terms)));
    expect(listedOf({ visibility: "live" })).toEqual([...statuses]);
    expect(listedOf({ visibility: "sealed" })).toEqual(["closed", "certified"]);
    expect(listedOf({ disclosure: "pseudonymous" })).toEqual(["certified"]);
    expect(isListedByRegion(sampleDecision())).toBe(false);
  });

  it("gives the right to read ballots where all counts are shown, and not while they are released", () => {
    const disclosedOf = (terms: Terms) =>
      statusesWhere((status) => discloseCounts(decisionAt(status, terms)) !== null);
    expect(disclosedOf({ visibility: "live" })).toEqual([...statuses]);
    expect(disclosedOf({ visibility: "turnout" })).toEqual(["closed", "certified"]);
    expect(disclosedOf({ disclosure: "pseudonymous" })).toEqual(["closed", "certified"]);
    const open = decisionAt("open");
    expect(discloseCounts(open)).toEqual({ id: "delta", status: "open", manifest: open.manifest });
  });
});

import { describe, expect, it } from "vitest";
import { statuses, type Decision, type DecisionStatus } from "../../../src/decision/decision.ts";
import {
  forgetDecision,
  forgettingMoment,
  isForgettingDue,
  isForgotten,
} from "../../../src/decision/forgetting.ts";
import { nextLifecycleMoment } from "../../../src/decision/lifecycle.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const day = 86_400_000;

/** A decision that was certified at 1,000, brought to this status. */
function keptFor(retentionDays: number | null, status: DecisionStatus = "certified"): Decision {
  const drafted = sampleDecision(sampleDraft({ retentionDays }));
  const manifest = freezeManifest(drafted, null, 0);
  return { ...drafted, status, manifest, certifiedAt: 1_000 };
}

describe("what a decision forgets", () => {
  it("is due so many days after it was certified, and the clock looks then", () => {
    expect(forgettingMoment(keptFor(30))).toBe(1_000 + 30 * day);
    expect(nextLifecycleMoment(keptFor(30))).toBe(1_000 + 30 * day);
    const isDue = (now: number) => isForgettingDue(keptFor(1), now);
    expect([day + 999, day + 1_000, day + 1_001].map(isDue)).toEqual([false, true, true]);
  });

  it("is nothing where nobody asked for it, nor before it is certified, nor of what never is", () => {
    expect(forgettingMoment(keptFor(null))).toBeNull();
    const due = statuses.filter((status) => forgettingMoment(keptFor(1, status)) !== null);
    expect(due).toEqual(["certified"]);
    expect(forgettingMoment({ ...keptFor(1), certifiedAt: null })).toBeNull();
    expect(forgettingMoment({ ...keptFor(1), manifest: null })).toBeNull();
    expect(isForgettingDue(keptFor(null), Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it("is due once: what is noted as gone stays gone, and is looked at no more", () => {
    const forgotten = forgetDecision(keptFor(1), 2 * day);
    expect(forgotten).toEqual({ ...keptFor(1), forgottenAt: 2 * day });
    expect(forgettingMoment(forgotten)).toBeNull();
    expect(isForgettingDue(forgotten, 9 * day)).toBe(false);
    expect(isForgotten(forgotten, 0)).toBe(true);
  });

  it("is taken for gone from the moment it is due, though it is still going", () => {
    const isGone = (now: number) => isForgotten(keptFor(1), now);
    expect([day + 999, day + 1_000].map(isGone)).toEqual([false, true]);
  });
});

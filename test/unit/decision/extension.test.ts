import { describe, expect, it } from "vitest";
import type { Decision, DecisionDraft } from "../../../src/decision/decision.ts";
import { extensionLeadMs, extensionMoment, watchQuorum } from "../../../src/decision/extension.ts";
import {
  closeDecision,
  nextLifecycleMoment,
  openDecision,
} from "../../../src/decision/lifecycle.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const minute = 60_000;
const closesAt = 60 * minute;

/** A decision of an hour that a late quorum extends by ten minutes, opened at `at`. */
function openedAt(at: number, given: Partial<DecisionDraft> = {}): Decision {
  const drafted = sampleDecision(sampleDraft({ closesAt, extensionMinutes: 10, ...given }));
  const opened = openDecision(drafted, at, () => "hash");
  if ("refused" in opened) throw new Error(opened.refused);
  return opened.decision;
}

/** The same, whose quorum was missing as its last ten minutes began. */
function quorumMissing(): Decision {
  return watchQuorum(openedAt(0), false, closesAt - 10 * minute);
}

describe("a look at the quorum", () => {
  it("in time extends the window once where it has come, and never where it has not", () => {
    const at = closesAt - extensionLeadMs;
    const extended = watchQuorum(quorumMissing(), true, at);
    expect(extended).toMatchObject({ quorumWatch: "settled", extendedTo: closesAt + 10 * minute });
    expect(watchQuorum(extended, true, at + 1)).toBe(extended);
    expect(watchQuorum(quorumMissing(), false, at)).toMatchObject({
      quorumWatch: "settled",
      extendedTo: null,
    });
  });

  it("up to the end extends the window, and at the end or after it changes nothing of it", () => {
    const extendedTo = (at: number) => watchQuorum(quorumMissing(), true, at).extendedTo;
    expect([closesAt - 1, closesAt, closesAt + 1].map(extendedTo)).toEqual([
      closesAt + 10 * minute,
      null,
      null,
    ]);
  });

  it("of a decision that has begun to close, or is cancelled, changes nothing", () => {
    const missing = quorumMissing();
    const closing = closeDecision(missing);
    if ("refused" in closing) throw new Error(closing.refused);
    for (const ended of [closing.decision, { ...missing, status: "cancelled" as const }]) {
      expect(watchQuorum(ended, true, closesAt - extensionLeadMs)).toBe(ended);
    }
  });

  it("before its time changes nothing", () => {
    const missing = quorumMissing();
    expect(watchQuorum(missing, true, closesAt - extensionLeadMs - 1)).toBe(missing);
  });
});

describe("the next look at the quorum", () => {
  it("is as the last minutes begin, and then shortly before the end", () => {
    expect(extensionMoment(openedAt(0))).toBe(closesAt - 10 * minute);
    expect(extensionMoment(quorumMissing())).toBe(closesAt - extensionLeadMs);
  });

  it("is never before the opening, however short the window is", () => {
    const late = closesAt - extensionLeadMs / 2;
    expect(extensionMoment(openedAt(late))).toBe(late);
    expect(extensionMoment({ ...openedAt(late), quorumWatch: "missing" })).toBe(late);
  });

  it("is never again once nothing is left to watch for", () => {
    const inTime = closesAt - 10 * minute;
    const settled = watchQuorum(openedAt(0), true, inTime);
    expect(settled).toMatchObject({ quorumWatch: "settled", extendedTo: null });
    expect(extensionMoment(settled)).toBeNull();
    expect(watchQuorum(settled, true, closesAt - 1)).toBe(settled);
  });

  it("is none before the opening, without an extension and without an end", () => {
    const draft = sampleDraft({ closesAt, extensionMinutes: 10 });
    const never = [
      sampleDecision(draft),
      openedAt(0, { extensionMinutes: null }),
      openedAt(0, { closesAt: null }),
    ];
    for (const decision of never) {
      for (const quorumWatch of [null, "missing"] as const) {
        const watched = { ...decision, quorumWatch };
        expect(extensionMoment(watched)).toBeNull();
        expect(watchQuorum({ ...watched, status: "open" }, true, closesAt - 1)).toEqual({
          ...watched,
          status: "open",
        });
      }
    }
  });

  it("is what the clock waits for where it comes before the end", () => {
    expect(nextLifecycleMoment(openedAt(0))).toBe(closesAt - 10 * minute);
    expect(nextLifecycleMoment(quorumMissing())).toBe(closesAt - extensionLeadMs);
    const extended = watchQuorum(quorumMissing(), true, closesAt - extensionLeadMs);
    expect(nextLifecycleMoment(extended)).toBe(closesAt + 10 * minute);
  });
});

import { describe, expect, it } from "vitest";
import type { Decision } from "../../../src/decision/decision.ts";
import { extensionLeadMs, watchQuorum } from "../../../src/decision/extension.ts";
import { closeDecision, openDecision } from "../../../src/decision/lifecycle.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const minute = 60_000;
const closesAt = 60 * minute;

/** A decision of an hour, whose quorum was missing as its last ten minutes began. */
function quorumMissing(): Decision {
  const drafted: Decision = sampleDecision(sampleDraft({ closesAt, extensionMinutes: 10 }));
  const opened = openDecision(drafted, 0, () => "hash");
  if ("refused" in opened) throw new Error(opened.refused);
  return watchQuorum(opened.decision, false, closesAt - 10 * minute);
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

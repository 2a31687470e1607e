import { describe, expect, it } from "vitest";
import type { Decision, DecisionDraft } from "../../../src/decision/decision.ts";
import { decideExtension, extensionDueAt, lastMinutesAt } from "../../../src/decision/extension.ts";
import {
  closeDecision,
  nextLifecycleMoment,
  openDecision,
  passTime,
} from "../../../src/decision/lifecycle.ts";
import { limits } from "../../../src/shared/limits.ts";
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

const late = { wasQuorate: false, isQuorate: true };

describe("the last minutes of a window", () => {
  it("begin so many before its end, and never before the opening", () => {
    const window = { opensAt: 0, closesAt, extensionMinutes: 10 };
    expect(lastMinutesAt(window)).toBe(closesAt - 10 * minute);
    expect(lastMinutesAt({ ...window, opensAt: closesAt - 1 })).toBe(closesAt - 1);
    expect(lastMinutesAt({ ...window, extensionMinutes: null })).toBeNull();
    expect(lastMinutesAt({ ...window, closesAt: null })).toBeNull();
  });
});

describe("an extension", () => {
  it.each([
    [{ wasQuorate: false, isQuorate: true }, closesAt + 10 * minute],
    [{ wasQuorate: true, isQuorate: true }, null],
    [{ wasQuorate: false, isQuorate: false }, null],
    [{ wasQuorate: true, isQuorate: false }, null],
  ])("is had only by a quorum of the last minutes: %o", (watch, extendedTo) => {
    const decided = decideExtension(openedAt(0), watch, closesAt);
    expect(decided).toMatchObject({ isExtensionDecided: true, extendedTo });
    expect(passTime(decided, closesAt).status).toBe(extendedTo === null ? "closing" : "open");
  });

  it("is decided once, and not before the window has ended", () => {
    const opened = openedAt(0);
    expect(decideExtension(opened, late, closesAt - 1)).toBe(opened);
    const decided = decideExtension(opened, late, closesAt);
    expect(extensionDueAt(decided)).toBeNull();
    expect(decideExtension(decided, late, closesAt + 20 * minute)).toBe(decided);
    expect(nextLifecycleMoment(decided)).toBe(closesAt + 10 * minute);
    const end = passTime(decided, closesAt + 10 * minute);
    expect(end).toMatchObject({ status: "closing", closedAt: closesAt + 10 * minute });
  });

  it("begins with the decision where that took long, so that voters have all of it", () => {
    const at = (ms: number) => decideExtension(openedAt(0), late, closesAt + ms).extendedTo;
    const { extensionPauseMsMax: most } = limits;
    expect(at(most)).toBe(closesAt + 10 * minute);
    expect(at(most + 1)).toBe(closesAt + most + 1 + 10 * minute);
    expect(at(20 * minute)).toBe(closesAt + 30 * minute);
  });

  it("is not decided of a decision that has begun to close, or is cancelled", () => {
    const opened = openedAt(0);
    const closing = closeDecision(openedAt(0, { endsEarly: "by_organiser" }));
    if ("refused" in closing) throw new Error(closing.refused);
    for (const ended of [closing.decision, { ...opened, status: "cancelled" as const }])
      expect(decideExtension(ended, late, closesAt)).toBe(ended);
  });

  it("is never due without minutes, without an end and before the opening", () => {
    expect(extensionDueAt(openedAt(0))).toBe(closesAt);
    const draft = sampleDraft({ closesAt, extensionMinutes: 10 });
    const never = [
      sampleDecision(draft),
      openedAt(0, { extensionMinutes: null }),
      openedAt(0, { closesAt: null, endsEarly: "by_organiser" }),
    ];
    expect(never.map(extensionDueAt)).toEqual([null, null, null]);
  });
});

describe("a decision whose extension is not decided", () => {
  it("stays open past its end, however late the clock is, and waits for that end", () => {
    const opened = openedAt(0);
    expect(nextLifecycleMoment(opened)).toBe(closesAt);
    expect(passTime(opened, closesAt + 99 * minute)).toBe(opened);
    const unextended = openedAt(0, { extensionMinutes: null });
    expect(passTime(unextended, closesAt).status).toBe("closing");
  });
});

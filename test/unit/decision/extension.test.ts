import { describe, expect, it } from "vitest";
import type { Decision, DecisionDraft } from "../../../src/decision/decision.ts";
import {
  decideExtension,
  extensionDueAt,
  isEndMovable,
  lastMinutesAt,
  moveUntoldEnd,
} from "../../../src/decision/extension.ts";
import {
  closeDecision,
  nextLifecycleMoment,
  openDecision,
  passTime,
  versionOfOpened,
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
    const told = { ...decided, isExtensionTold: true };
    const end = passTime(told, closesAt + 10 * minute);
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

describe("an extension of which not every shard was told", () => {
  const decided = decideExtension(openedAt(0), late, closesAt);
  const { extensionPauseMsMax: pause, extensionMovesMax: movesMax } = limits;

  it("does not end with the window, and begins when they are told long after", () => {
    expect(passTime(decided, closesAt + 99 * minute)).toBe(decided);
    for (const now of [closesAt - 1, closesAt, closesAt + pause])
      expect(moveUntoldEnd(decided, now)).toBe(decided);
    const moved = moveUntoldEnd(decided, closesAt + pause + 1);
    expect(moved.extendedTo).toBe(closesAt + pause + 1 + 10 * minute);
    expect(moved.extensionMoves).toBe(1);
    expect(versionOfOpened(moved)).toBeGreaterThan(versionOfOpened(decided));
    // A clock that goes back moves no end back.
    expect(moveUntoldEnd(moved, closesAt)).toBe(moved);
  });

  it("ends as it was told last once they know, or once it has moved as often as it may", () => {
    const told = { ...decided, isExtensionTold: true };
    expect(moveUntoldEnd(told, closesAt + 99 * minute)).toBe(told);
    expect(versionOfOpened(told)).toBeGreaterThan(versionOfOpened(decided));
    const last = moveUntoldEnd({ ...decided, extensionMoves: movesMax - 1 }, closesAt + minute);
    expect(last.extendedTo).toBe(closesAt + 11 * minute);
    expect(moveUntoldEnd(last, closesAt + 9 * minute)).toBe(last);
    for (const { extendedTo, ...rest } of [told, last]) {
      const end = extendedTo ?? 0;
      expect(passTime({ ...rest, extendedTo }, end - 1).status).toBe("open");
      expect(passTime({ ...rest, extendedTo }, end)).toMatchObject({
        status: "closing",
        closedAt: end,
      });
    }
    expect(versionOfOpened({ ...last, status: "closing" })).toBeGreaterThan(
      versionOfOpened({ ...last, isExtensionTold: true, forgottenAt: 1 }),
    );
  });

  it("moves only while it is open, and within the life of tokens after the frozen end", () => {
    const closing = { ...decided, status: "closing" as const };
    expect([decided, closing, openedAt(0)].map(isEndMovable)).toEqual([true, false, false]);
    expect(moveUntoldEnd(closing, closesAt + 99 * minute)).toBe(closing);
    expect(movesMax * (limits.retryDelayMsMax + limits.snapshotDeadlineMs)).toBeLessThan(
      limits.tokenAfterCloseMs,
    );
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

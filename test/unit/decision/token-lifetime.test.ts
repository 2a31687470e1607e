import { describe, expect, it } from "vitest";
import { areTokensOver, tokensEndAt } from "../../../src/decision/token-lifetime.ts";
import type { Decision } from "../../../src/decision/decision.ts";

const aDay = 86_400_000;

/** As much of a decision as its tokens depend on. */
function decisionWith(window: { closesAt: number | null; extensionMinutes: number | null } | null) {
  return (closedAt: number | null = null, extendedTo: number | null = null) =>
    ({ manifest: window, closedAt, extendedTo }) as Decision;
}

describe("the end of a decision's tokens", () => {
  it("is a day after the latest end that its frozen window can come to", () => {
    expect(tokensEndAt(decisionWith({ closesAt: 5, extensionMinutes: null })())).toBe(5 + aDay);
    const extensible = decisionWith({ closesAt: 5, extensionMinutes: 3 });
    expect(tokensEndAt(extensible())).toBe(5 + 180_000 + aDay);
    // It was extended later than it could have been: shards were silent.
    expect(tokensEndAt(extensible(null, 200_000))).toBe(200_000 + aDay);
  });

  it("is not known of a draft, nor where only the organiser ends it", () => {
    expect(tokensEndAt(decisionWith(null)())).toBeNull();
    expect(tokensEndAt(decisionWith({ closesAt: null, extensionMinutes: null })())).toBeNull();
  });

  it("is a day after the close, earlier or later than the window said", () => {
    const extensible = decisionWith({ closesAt: 5, extensionMinutes: 3 });
    for (const closedAt of [2, 180_005])
      expect(tokensEndAt(extensible(closedAt))).toBe(closedAt + aDay);
  });

  it("has come a moment later, and never where there is none", () => {
    expect(areTokensOver(7, 7 + aDay)).toBe(false);
    expect(areTokensOver(7, 8 + aDay)).toBe(true);
    expect(areTokensOver(null, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

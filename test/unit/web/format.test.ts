import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatAge,
  formatClock,
  formatCount,
  formatHash,
  formatInteger,
  formatMoment,
  formatRemaining,
  formatShare,
} from "../../../src/web/public/page/format.js";

describe("a share", () => {
  test("is cut, never rounded up, so two thirds less one vote do not read as two thirds", () => {
    expect(formatShare(6_666_666n, 10_000_000n)).toBe("66.6%");
    expect(formatShare(9_999n, 10_000n)).toBe("99.9%");
  });

  test("of a single ballot among very many is not shown as nothing", () => {
    expect(formatShare(1n, 1_000_000n)).toBe("< 0.1%");
    expect(formatShare(0n, 1_000_000n)).toBe("0.0%");
  });

  test("of nothing is a dash", () => {
    expect(formatShare(0n, 0n)).toBe("–");
  });

  test("never claims more than the exact ratio", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 20n), fc.bigInt(0n, 10n ** 20n), (whole, some) => {
        const part = some % (whole + 1n);
        const [, units = "0", tenths = "0"] = /^(\d+)\.(\d)%$/.exec(formatShare(part, whole)) ?? [];
        expect(BigInt(units + tenths) * whole <= part * 1_000n).toBe(true);
      }),
    );
  });
});

describe("an age", () => {
  test("is rounded up at every step, so nothing looks fresher than it is", () => {
    expect(formatAge(0)).toBe("0.0 s ago");
    expect(formatAge(401)).toBe("0.5 s ago");
    expect(formatAge(9_999)).toBe("10 s ago");
    expect(formatAge(34_001)).toBe("35 s ago");
    expect(formatAge(120_001)).toBe("3 min ago");
    expect(formatAge(3 * 3_600_000 + 1)).toBe("4 h ago");
    expect(formatAge(400 * 86_400_000)).toBe("400 days ago");
  });
});

describe("the time that remains", () => {
  test("is rounded down, so a window never looks longer than it is", () => {
    expect(formatRemaining(59_999)).toBe("59 s");
    expect(formatRemaining(14 * 60_000 + 3_999)).toBe("14 min 3 s");
    expect(formatRemaining(2 * 3_600_000 + 15 * 60_000 - 1)).toBe("2 h 14 min");
    expect(formatRemaining(3 * 86_400_000 - 1)).toBe("2 days");
    expect(formatRemaining(-5)).toBe("0 s");
  });
});

test("integers past 2^53 keep every digit", () => {
  expect(formatInteger(9_007_199_254_740_993n)).toBe("9,007,199,254,740,993");
});

test("one is singular", () => {
  expect([
    formatCount(0, "ballot"),
    formatCount(1, "ballot"),
    formatCount(1_200, "ballot"),
  ]).toEqual(["0 ballots", "1 ballot", "1,200 ballots"]);
});

test("a moment names its zone", () => {
  expect(formatMoment("2026-11-20T08:00:00.000Z", "Europe/Vienna")).toMatch(
    /^20 Nov 2026, 09:00 (CET|GMT\+1)$/,
  );
  expect(formatClock("2026-11-20T08:00:04.900Z", "UTC")).toBe("08:00:04");
});

test("a hash is read in groups of eight", () => {
  expect(formatHash("00112233445566778899")).toBe("00112233 44556677 8899");
});

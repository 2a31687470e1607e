import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import {
  formatAge,
  formatClock,
  formatDay,
  formatHash,
  formatInteger,
  formatMoment,
  formatNames,
  formatRemaining,
  formatShare,
} from "../../../../src/web/i18n/format.ts";

const i18n = createI18n("en");

describe("a share", () => {
  test("is cut, never rounded up, so two thirds less one vote do not read as two thirds", () => {
    expect(formatShare(i18n, 6_666_666n, 10_000_000n)).toBe("66.6%");
    expect(formatShare(i18n, 9_999n, 10_000n)).toBe("99.9%");
    expect(formatShare(i18n, 3n, 1n)).toBe("300.0%");
  });

  test("of a single ballot among very many is not shown as nothing", () => {
    expect(formatShare(i18n, 1n, 1_000_000n)).toBe("< 0.1%");
    expect(formatShare(i18n, 0n, 1_000_000n)).toBe("0.0%");
  });

  test("of nothing is a dash", () => {
    expect(formatShare(i18n, 0n, 0n)).toBe("–");
  });

  test("never claims more than the exact ratio, and less by under a thousandth", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 20n), fc.bigInt(0n, 10n ** 20n), (whole, some) => {
        const part = some % (whole + 1n);
        const shown = formatShare(i18n, part, whole);
        if (shown === "< 0.1%") return;
        const [, units = "", tenths = ""] = /^(\d+)\.(\d)%$/.exec(shown) ?? [];
        const thousandths = BigInt(units + tenths);
        expect(thousandths * whole <= part * 1_000n).toBe(true);
        expect((thousandths + 1n) * whole > part * 1_000n).toBe(true);
      }),
    );
  });
});

describe("an age", () => {
  test("is rounded up at every step, so nothing looks fresher than it is", () => {
    expect(formatAge(i18n, 0)).toBe("0.0 s ago");
    expect(formatAge(i18n, 401)).toBe("0.5 s ago");
    expect(formatAge(i18n, 9_999)).toBe("10 s ago");
    expect(formatAge(i18n, 34_001)).toBe("35 s ago");
    expect(formatAge(i18n, 120_001)).toBe("3 min ago");
    expect(formatAge(i18n, 3 * 3_600_000 + 1)).toBe("4 h ago");
    expect(formatAge(i18n, 4_000 * 86_400_000)).toBe("4,000 days ago");
  });
});

describe("the time that remains", () => {
  test("is rounded down, so a window never looks longer than it is", () => {
    expect(formatRemaining(i18n, 59_999)).toBe("59 s");
    expect(formatRemaining(i18n, 14 * 60_000 + 3_999)).toBe("14 min 3 s");
    expect(formatRemaining(i18n, 2 * 3_600_000 + 15 * 60_000 - 1)).toBe("2 h 14 min");
    expect(formatRemaining(i18n, 3 * 86_400_000 - 1)).toBe("2 days");
    expect(formatRemaining(i18n, -5)).toBe("0 s");
  });
});

test("integers past 2^53 keep every digit", () => {
  expect(formatInteger(i18n, 9_007_199_254_740_993n)).toBe("9,007,199,254,740,993");
});

test("a moment names its zone", () => {
  expect(formatMoment(i18n, "2026-11-20T08:00:00.000Z", "Europe/Vienna")).toMatch(
    /^20 Nov 2026, 09:00 (CET|GMT\+1)$/,
  );
  expect(formatDay(i18n, "2026-11-20T08:00:00.000Z", "UTC")).toBe("20 November 2026");
  expect(formatClock(i18n, "2026-11-20T08:00:04.900Z", "UTC")).toBe("08:00:04");
});

test("names are joined as the language does", () => {
  expect(formatNames(i18n, ["North", "South", "East"])).toBe("North, South and East");
});

test("a language writes numbers and dates its own way", () => {
  const german = createI18n("de");
  expect(formatInteger(german, 1_234_567n)).toBe("1.234.567");
  expect(formatShare(german, 666n, 1_000n)).toBe("66,6\u00A0%");
  expect(formatDay(german, "2026-11-20T08:00:00.000Z", "UTC")).toBe("20. November 2026");
});

test("a share in Arabic leaves the number after it in its place", () => {
  const share = formatShare(createI18n("ar-u-nu-latn"), 458n, 1_000n);
  expect(share).toBe("45.8\u200E%\u200E\u200F");
});

test("digits are those of the reader's region, in words too", () => {
  const egyptian = createI18n("ar-EG-u-nu-arab");
  expect(formatInteger(egyptian, 1_234)).toBe("١٬٢٣٤");
  expect(formatAge(egyptian, 34_001)).toContain("٣٥");
  expect(formatRemaining(egyptian, 14 * 60_000 + 3_999)).toMatch(/١٤.*٣/);
  expect(formatRemaining(egyptian, 2 * 3_600_000 + 14 * 60_000)).toMatch(/٢.*١٤/);
  expect(formatInteger(createI18n("ar-u-nu-latn"), 1_234)).toBe("1,234");
  expect(formatInteger(createI18n("es-MX"), 12_345)).toBe("12,345");
  expect(formatInteger(createI18n("es-ES"), 12_345)).toBe("12.345");
});

test("a hash is read in groups of eight", () => {
  expect(formatHash("00112233445566778899")).toBe("00112233 44556677 8899");
});

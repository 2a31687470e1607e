import { expect, test } from "vitest";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { formatMonth, formatYear } from "../../../../src/web/search/period-words.ts";

test("years and months are written as the language writes them, in UTC", () => {
  const english = createI18n("en", {});
  expect(formatYear(english, "2026")).toBe("2026");
  expect(formatMonth(english, "2026-01")).toBe("January 2026");
  expect(formatYear(createI18n("ar-EG-u-nu-arab", {}), "2026")).toBe("٢٠٢٦");
  expect(formatMonth(createI18n("zh", {}), "2026-11")).toBe("2026年11月");
});

test("what is no year or month stays as it is", () => {
  expect(formatMonth(createI18n("en", {}), "never")).toBe("never");
});

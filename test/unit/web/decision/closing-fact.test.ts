import { expect, test } from "vitest";
import { closingFact } from "../../../../src/web/decision/closing-fact.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");
const nextYear = "2027-12-31T12:00:00.000Z";
const today = "2026-11-23T12:00:00.000Z";

test.each([
  [
    { status: "open", closes_at: nextYear, closed_at: null },
    { name: "Closes", at: nextYear },
  ],
  [
    { status: "open", closes_at: null, closed_at: null },
    { name: "Closes", words: "When the organiser closes it" },
  ],
  [
    { status: "closed", closes_at: nextYear, closed_at: today },
    { name: "Closed", at: today },
  ],
  [
    { status: "certified", closes_at: null, closed_at: today },
    { name: "Closed", at: today },
  ],
  [
    { status: "closing", closes_at: nextYear, closed_at: null },
    { name: "Closed", words: "Voting has ended" },
  ],
  [
    { status: "cancelled", closes_at: nextYear, closed_at: null },
    { name: "Closed", words: "Cancelled by the organiser" },
  ],
] as const)("a decision closes when it really does: %o", (decision, fact) => {
  expect(closingFact(i18n, decision)).toEqual(fact);
});

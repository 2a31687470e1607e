import { expect, test } from "vitest";
import { windowWords } from "../../../../src/web/decision/window-words.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");
const noon = Date.parse("2026-11-23T12:00:00.000Z");
const window = {
  opens_at: "2026-11-23T09:00:00.000Z",
  closes_at: "2026-11-23T14:14:30.000Z",
  extension: null,
};
const ended = { ...window, status: "open", closes_at: "2026-11-23T12:00:00.000Z" } as const;

test.each([
  [{ ...window, status: "draft" }, "Not opened yet"],
  [
    { ...window, status: "scheduled", opens_at: "2026-11-25T12:00:00.000Z" },
    "Opens 25 Nov 2026, 12:00 UTC, in 2 days",
  ],
  [{ ...window, status: "open" }, "Closes 23 Nov 2026, 14:14 UTC, in 2 h 14 min"],
  [{ ...window, status: "open", closes_at: null }, "Open until the organiser closes it"],
  [
    { ...window, status: "open", closes_at: "2026-11-23T11:59:59.000Z" },
    "Closes 23 Nov 2026, 11:59 UTC",
  ],
  [
    { ...ended, extension: { minutes: 5, extended: false } },
    "The end has come; whether voting is extended is being decided",
  ],
  [{ ...ended, extension: { minutes: 5, extended: true } }, "Closes 23 Nov 2026, 12:00 UTC"],
  [
    { ...window, status: "open", extension: { minutes: 5, extended: false } },
    "Closes 23 Nov 2026, 14:14 UTC, in 2 h 14 min",
  ],
  [{ ...window, status: "closing" }, "Voting has ended; the last ballots are being counted"],
  [{ ...window, status: "closed" }, "Voting has ended"],
  [{ ...window, status: "cancelled" }, "Ended without a result"],
] as const)("a window at noon: %o", (decision, words) => {
  expect(windowWords(i18n, decision, { now: noon, timeZone: "UTC" })).toBe(words);
});

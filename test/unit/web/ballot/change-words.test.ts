import { expect, test } from "vitest";
import { changeWords, keepingWords } from "../../../../src/web/ballot/change-words.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");
const login = { issuer: "https://login.example", voter_claim: "sub", region_claim: null };
const revisable = { revote_policy: "revisable", stations: "first_wins", login: null } as const;

test.each([
  [{ ...revisable, revote_policy: "final" }, true, "Once cast, it can’t be changed."],
  [
    revisable,
    true,
    "Until voting closes you can change it or take it back: from this browser or with the receipt. Without the receipt your vote stands: nobody can change it for you.",
  ],
  [
    { ...revisable, stations: "overrides" },
    true,
    "Until voting closes you can change it or take it back: from this browser, with the receipt or at a polling station.",
  ],
  [
    { ...revisable, login },
    false,
    "Until voting closes you can change it or take it back: with the receipt or by logging in anew.",
  ],
] as const)("before a vote the page says what a change takes (%#)", (decision, isStored, words) => {
  expect(changeWords(i18n, decision, isStored).join(" ")).toBe(words);
});

test("before a vote the page says what stays in the browser", () => {
  expect(keepingWords(i18n, true)).toContain("remove it here afterwards");
  expect(keepingWords(i18n, false)).toContain("This browser stores nothing");
});

import { describe, expect, test } from "vitest";
import { explainRefusal } from "../../../../src/web/ballot/explain-refusal.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");

describe("a refusal in plain words", () => {
  test("a second vote under a final policy offers nothing more", () => {
    const explained = explainRefusal(i18n, { status: 409, code: "vote.already_cast" }, false);
    expect(explained).toMatchObject({ title: "You have already voted", next: "none" });
  });

  test("any refused credential asks for another token", () => {
    for (const code of ["token.invalid", "token.expired", "credential.missing", "something.new"]) {
      expect(explainRefusal(i18n, { status: 401, code }, false).next).toBe("token");
    }
  });

  test("a refusal after a lost try never says that nothing was recorded", () => {
    const explained = explainRefusal(i18n, { status: 401, code: "token.expired" }, true);
    expect(explained.text).not.toContain("Nothing was recorded");
    expect(explained.title).toContain("don’t know");
  });

  // A 403 too: the credential was accepted, and what was refused has a reason of its own.
  test.each([422, 403])(
    "an unknown code with status %d keeps the server's own sentence",
    (status) => {
      const problem = { status, code: "new.rule", detail: "Vote on Tuesdays." };
      const explained = explainRefusal(i18n, problem, false);
      expect(explained).toMatchObject({ text: "Vote on Tuesdays.", next: "choice" });
    },
  );
});

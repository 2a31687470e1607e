import { describe, expect, test } from "vitest";
import { explainRefusal } from "../../../src/web/public/ballot/explain-refusal.js";

describe("a refusal in plain words", () => {
  test("a second vote under a final policy offers nothing more", () => {
    const explained = explainRefusal({ status: 409, code: "vote.already_cast" }, false);
    expect(explained).toMatchObject({ title: "You have already voted", next: "none" });
  });

  test("any refused credential asks for another token", () => {
    for (const code of ["token.invalid", "token.expired", "credential.missing", "something.new"]) {
      expect(explainRefusal({ status: 401, code }, false).next).toBe("token");
    }
  });

  test("a refusal after a lost try never says that nothing was recorded", () => {
    const explained = explainRefusal({ status: 401, code: "token.expired" }, true);
    expect(explained.text).not.toContain("Nothing was recorded");
    expect(explained.title).toContain("don’t know");
  });

  // A 403 too: the credential was accepted, and what was refused has a reason of its own.
  test.each([422, 403])(
    "an unknown code with status %d keeps the server's own sentence",
    (status) => {
      const problem = { status, code: "new.rule", detail: "Vote on Tuesdays." };
      const explained = explainRefusal(problem, false);
      expect(explained).toMatchObject({ text: "Vote on Tuesdays.", next: "choice" });
    },
  );
});

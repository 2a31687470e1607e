import { describe, expect, test } from "vitest";
import { explainRefusal } from "../../../src/web/public/ballot/explain-refusal.js";

const receipt = {
  decision_id: "delta",
  shard: 0,
  seq: 7,
  ballot_hash: "ab".repeat(32),
  accepted_at: "2026-11-23T12:00:00.000Z",
};

describe("a refusal in plain words", () => {
  test("a second vote under a final policy shows the first receipt and offers nothing more", () => {
    const explained = explainRefusal({ status: 409, code: "vote.already_cast", receipt }, false);
    expect(explained).toMatchObject({ title: "You have already voted", next: "none", receipt });
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

  test("a code that is not known falls back on the server's own sentence", () => {
    const explained = explainRefusal(
      { status: 422, code: "new.rule", detail: "Vote on Tuesdays." },
      false,
    );
    expect(explained).toMatchObject({ text: "Vote on Tuesdays.", next: "choice", receipt: null });
  });
});

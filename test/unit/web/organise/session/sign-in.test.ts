import { describe, expect, it } from "vitest";
import { problems } from "../../../../../src/http/problems/problems.ts";
import { ownPath } from "../../../../../src/web/organise/session/own-path.ts";
import { isSamePart } from "../../../../../src/web/organise/session/same-part.ts";
import {
  loginProblem,
  signInRefusal,
} from "../../../../../src/web/organise/session/sign-in-words.ts";
import { beginSessionRoute } from "../../../../../src/http/contract/session.ts";

describe("what signing in is refused with", () => {
  it("has words of its own for each code that a person can meet", () => {
    const general = signInRefusal("server.error");
    const named = [
      "key.invalid",
      "role.forbidden",
      "sessions.full",
      "session.cross_site",
      "rate.exceeded",
    ];
    const words = named.map((code) => signInRefusal(code).message);
    expect(new Set([...words, general.message, signInRefusal(null).message]).size).toBe(7);
    for (const code of named) expect(problems).toHaveProperty([code]);
    expect(Object.keys(beginSessionRoute.responses)).toEqual(
      expect.arrayContaining(["401", "403", "409", "429"]),
    );
  });

  it("has words for each way a login elsewhere ends without a session", () => {
    const named = [
      "unknown_provider",
      "unavailable",
      "mixed_up",
      "declined",
      "invalid",
      "not_staff",
      "sessions.full",
    ];
    const words = named.map((problem) => loginProblem(problem)?.message);
    expect(new Set(words).size).toBe(named.length);
    expect(loginProblem(null)).toBeNull();
  });
});

describe("where somebody goes on after signing in", () => {
  it.each([
    ["/organise/decisions/d-1/roll?x=1", "/organise/decisions/d-1/roll?x=1"],
    ["/organise", "/organise"],
    [null, "/organise"],
    ["/organised", "/organise"],
    ["//evil.example/organise", "/organise"],
    ["https://evil.example/organise", "/organise"],
    ["javascript:alert(1)", "/organise"],
  ])("%s leads to %s", (asked, expected) => {
    expect(ownPath(asked)).toBe(expected);
  });
});

describe("two sessions", () => {
  const session = {
    id: "a",
    role: "organiser" as const,
    owner: "river-keepers",
    label: "A key",
    decision_id: null,
    expires_at: "2027-03-01T12:00:00.000Z",
    signed_in_with: "key" as const,
  };

  it("are one part where role, owner and scope are the same, whatever key was shown", () => {
    expect(isSamePart(session, { ...session, id: "b", label: "Another key" })).toBe(true);
    expect(isSamePart(session, { ...session, owner: "sea-keepers" })).toBe(false);
    expect(isSamePart(session, { ...session, role: "admin", owner: null })).toBe(false);
    expect(isSamePart(session, { ...session, decision_id: "d-1" })).toBe(false);
  });
});

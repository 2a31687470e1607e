import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { nonceOfKey, nonceOfVote, noncePattern } from "../../../src/ballot/nonce.ts";
import { framed } from "../../../src/shared/framed.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a nonce as it is sent", () => {
  it.each(["0".repeat(64), "0123456789abcdef".repeat(4)])("may be %s", (text) => {
    expect(noncePattern.test(text)).toBe(true);
  });

  it.each([
    ["with a digit less", "0".repeat(63)],
    ["with a digit more", "0".repeat(65)],
    ["in capital letters", "A".repeat(64)],
    ["with another letter", `${"0".repeat(63)}g`],
    ["with a line's end", `${"0".repeat(64)}\n`],
    ["in base64url", "A".repeat(43)],
    ["of nothing", ""],
  ])("is none %s", (_, text) => {
    expect(noncePattern.test(text)).toBe(false);
  });
});

describe("the nonce of an Idempotency-Key", () => {
  it("is a hash of the key, of which no two give one", () => {
    expect(nonceOfKey("key")).toBe(sha256(framed("enviro-governance/nonce-of-key/1", "key")));
    expect(nonceOfKey("key")).toMatch(noncePattern);
    expect(nonceOfKey("key ")).not.toBe(nonceOfKey("key"));
  });
});

describe("the nonce of a vote that names nothing", () => {
  const pid = "a".repeat(22);

  it("is a hash of its voter, its choice and its proof", () => {
    const bytes = framed("enviro-governance/nonce-of-vote/1", pid, "yes", "proof");
    expect(nonceOfVote(pid, "yes", "proof")).toBe(sha256(bytes));
    expect(nonceOfVote(pid, "yes", "proof")).toMatch(noncePattern);
  });

  it("is another for each of them", () => {
    const all = [
      nonceOfVote(pid, "yes", ""),
      nonceOfVote("b".repeat(22), "yes", ""),
      nonceOfVote(pid, "no", ""),
      nonceOfVote(pid, "yes", "proof"),
      nonceOfKey(pid),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

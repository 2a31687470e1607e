import { describe, expect, it } from "vitest";
import { encodeDeadLetter, deadLetterOfUnreadable } from "../../../src/vote-log/dead-letter.ts";
import { limits } from "../../../src/shared/limits.ts";
import { utf8Bytes } from "../../../src/shared/utf8-bytes.ts";

/** Room for the signature that a text of the log has before it. */
const signatureBytes = 200;
const large = 200_000;

describe("the dead letter of what can't be read", () => {
  it.each([
    ["letters", "a".repeat(large)],
    ["characters of three bytes", "界".repeat(large)],
    ["pairs of surrogates", "a🌲".repeat(large)],
    ["quotes", '"'.repeat(large)],
    ["control characters, six bytes of JSON each", "\u0001".repeat(large)],
    ["zeros", "\0".repeat(large)],
    ["halves of pairs", "\uD83C".repeat(large)],
  ])("is a message of a queue, whatever it was: %s", (_, body) => {
    const more = { cause: '"'.repeat(large), retries: 3, at: Date.now() };
    const deadLetter = deadLetterOfUnreadable(body, more, () => "f".repeat(64));
    const bytes = utf8Bytes(encodeDeadLetter(deadLetter));
    expect(bytes + signatureBytes).toBeLessThanOrEqual(limits.platformMessageBytesMax);
    expect(bytes).toBeGreaterThan(limits.deadLetterBytesMax - 10);
    expect(deadLetter.body.isWellFormed()).toBe(true);
    expect(deadLetter.body).not.toContain("\0");
  });

  it("keeps a small body and its cause whole", () => {
    const more = { cause: "not JSON", retries: 0, at: 1 };
    const deadLetter = deadLetterOfUnreadable("{]", more, () => "id");
    expect(deadLetter).toMatchObject({ body: "{]", cause: "not JSON" });
  });
});

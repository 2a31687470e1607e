import { createHash, createHmac } from "node:crypto";
import { assert, property, string, uint8Array, integer } from "fast-check";
import { describe, expect, it } from "vitest";
import { requestDigest, sha256Hex, sha256HexOfParts } from "../../../src/auth/digest.ts";
import { macWith } from "../../../src/auth/hmac.ts";
import { pseudonym, pseudonyms } from "../../../src/auth/pseudonym.ts";
import { sampleVoterId } from "../../support/sample-voter-id.ts";

/** Any UTF-16, halves of surrogate pairs too. */
const text = string({ unit: "binary", maxLength: 300 });
const key = uint8Array({ minLength: 1, maxLength: 200 });

describe("digests of texts", () => {
  it("are those of the platform's own SHA-256, whatever the text", () => {
    assert(
      property(text, (some) => {
        const expected = createHash("sha256").update(some);
        expect(sha256Hex(some)).toBe(expected.digest("hex"));
      }),
    );
  });

  it("are those of the platform's own SHA-256 at every length around a block's and the scratch's end", () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1_365, 1_366, 4_096, 100_000]) {
      const some = "é".repeat(length);
      expect(sha256Hex(some)).toBe(createHash("sha256").update(some).digest("hex"));
    }
  });

  it("do not depend on what was hashed before", () => {
    const before = sha256Hex("a ballot");
    requestDigest("a key");
    macWith(new Uint8Array(32))("a voter");
    expect(sha256Hex("a ballot")).toBe(before);
  });

  it("are the same for a text in parts", () => {
    expect(sha256HexOfParts(["a ", "", "ballot"])).toBe(sha256Hex("a ballot"));
  });

  it("of an idempotency key are the first 128 bits in base64url", () => {
    const whole = createHash("sha256").update("key-1").digest();
    expect(requestDigest("key-1")).toBe(whole.subarray(0, 16).toString("base64url"));
  });
});

describe("message authentication codes", () => {
  it("are those of the platform's own HMAC-SHA256 (RFC 2104), text after text", () => {
    assert(
      property(key, text, text, (secret, one, other) => {
        const mac = macWith(secret);
        for (const some of [one, other, one]) {
          const expected = createHmac("sha256", secret).update(some);
          expect(mac(some)).toBe(expected.digest("base64url"));
        }
      }),
    );
  });

  it("name voters, however many at a time, by the first 22 characters of theirs", () => {
    const secret = new Uint8Array(32).fill(7);
    for (const count of [0, 1, 63, 64, 65, 250]) {
      const voterIds = Array.from({ length: count }, (_, n) => sampleVoterId(`vötér ${n}`));
      const macs = voterIds.map((id) =>
        createHmac("sha256", secret).update(id).digest("base64url"),
      );
      expect(pseudonyms(secret, voterIds)).toEqual(macs.map((mac) => mac.slice(0, 22)));
    }
  });

  it("name a voter the same under equal keys, and otherwise under another", () => {
    assert(
      property(integer({ min: 0, max: 255 }), integer(), (byte, number) => {
        const voterId = sampleVoterId(`voter ${number}`);
        const pid = pseudonym(new Uint8Array(32).fill(byte), voterId);
        expect(pid).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(pseudonym(new Uint8Array(32).fill(byte), voterId)).toBe(pid);
        expect(pseudonym(new Uint8Array(32).fill(byte ^ 1), voterId)).not.toBe(pid);
      }),
    );
  });
});

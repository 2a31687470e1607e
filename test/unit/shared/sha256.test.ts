import { createHash, createHmac } from "node:crypto";
import { SHA256 } from "@stablelib/sha256";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hashBlocks,
  hashInto,
  hmacKey,
  macInto,
  nothingHashed,
  sha256Bytes,
} from "../../../src/shared/sha256.ts";

const utf8 = new TextEncoder();

function hashOf(message: Uint8Array, before = nothingHashed): string {
  const out = new Uint8Array(sha256Bytes + 2);
  hashInto(before, message, message.length, out, 1);
  expect([out[0], out.at(-1)], "what stands around a hash stays").toEqual([0, 0]);
  return Buffer.from(out.subarray(1, -1)).toString("hex");
}

function macOf(key: Uint8Array, message: Uint8Array): string {
  const out = new Uint8Array(sha256Bytes);
  macInto(hmacKey(key), message, message.length, out, 0);
  return Buffer.from(out).toString("hex");
}

describe("SHA-256", () => {
  // "SHA Test Vectors for Hashing Byte-Oriented Messages" of NIST's CAVP, and FIPS 180-2, B.1 to B.3.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("of a standard's message is the standard's: %.20s", (message, hash) => {
    expect(hashOf(utf8.encode(message))).toBe(hash);
  });

  it("is that of two other implementations at each length about the blocks' ends", () => {
    for (let length = 0; length <= 200; length += 1) {
      const [message = new Uint8Array()] = fc.sample(
        fc.uint8Array({ minLength: length, maxLength: length }),
        { numRuns: 1, seed: length },
      );
      expect(hashOf(message)).toBe(createHash("sha256").update(message).digest("hex"));
      const library = new SHA256().update(message).digest();
      expect(hashOf(message)).toBe(Buffer.from(library).toString("hex"));
    }
  });

  it("goes on from whole blocks that were taken in before", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 4 }),
        fc.uint8Array({ minLength: 256, maxLength: 400 }),
        (count, message) => {
          const before = hashBlocks(message.subarray(0, 64 * count));
          const whole = createHash("sha256").update(message).digest("hex");
          // Twice: what goes on from the blocks leaves them as they are.
          expect(hashOf(message.subarray(64 * count), before)).toBe(whole);
          expect(hashOf(message.subarray(64 * count), before)).toBe(whole);
        },
      ),
    );
  });

  it("counts the first bytes of a message alone", () => {
    const out = new Uint8Array(sha256Bytes);
    hashInto(nothingHashed, utf8.encode("abcdef"), 3, out, 0);
    expect(Buffer.from(out).toString("hex")).toBe(hashOf(utf8.encode("abc")));
  });
});

describe("HMAC-SHA-256", () => {
  // RFC 4231, 4.2, 4.3, 4.4, 4.7 and 4.8.
  it.each([
    [
      Buffer.alloc(20, 0x0b),
      utf8.encode("Hi There"),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ],
    [
      utf8.encode("Jefe"),
      utf8.encode("what do ya want for nothing?"),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      Buffer.alloc(20, 0xaa),
      Buffer.alloc(50, 0xdd),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    ],
    [
      Buffer.alloc(131, 0xaa),
      utf8.encode("Test Using Larger Than Block-Size Key - Hash Key First"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
    [
      Buffer.alloc(131, 0xaa),
      utf8.encode(
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
      ),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ],
  ])("of a standard's message is the standard's", (key, message, mac) => {
    expect(macOf(key, message)).toBe(mac);
  });

  it("is that of the platform's own", () => {
    const keys = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(keys, fc.uint8Array({ maxLength: 300 }), (key, message) => {
        const mac = macOf(key, message);
        expect(mac).toBe(createHmac("sha256", key).update(message).digest("hex"));
      }),
    );
  });
});

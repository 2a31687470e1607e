import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import { decryptPage, encryptPage, isRecipient } from "../../../src/backup/age-page.ts";
import { limits } from "../../../src/shared/limits.ts";

const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));

describe("an encrypted page", () => {
  it.each(["", "a line\n", "many lines\nü €\n \n", "ends in blanks  \n"])(
    "is read by its identity alone: %j",
    async (text) => {
      const file = bytesOf(await encryptPage({ text, mac: "mac" }, recipient));
      const other = await generateX25519Identity();
      expect(await decryptPage(file, [other, identity])).toEqual({ text, mac: "mac" });
      await expect(decryptPage(file, [other])).rejects.toThrow("no identity matched");
    },
  );

  it("is refused where a byte of it was changed", async () => {
    const file = bytesOf(await encryptPage({ text: "a line\n", mac: "mac" }, recipient));
    file.set([(file.at(-100) ?? 0) ^ 1], file.length - 100);
    const read = decryptPage(file, [identity]);
    expect(
      await read.then(
        () => "read",
        () => "refused",
      ),
    ).toBe("refused");
  });

  it("does not tell by its length how much is in it, but by steps", async () => {
    const lengthOf = async (characters: number) =>
      (await encryptPage({ text: "x".repeat(characters), mac: "m" }, recipient)).length;
    const step = limits.backupPadCharacters;
    expect(await lengthOf(10)).toBe(await lengthOf(step - 2));
    expect(await lengthOf(step - 1)).toBeGreaterThan(await lengthOf(step - 2));
  });

  it("is made for what is an age recipient, and for nothing else", async () => {
    expect(await isRecipient(recipient)).toBe(true);
    for (const text of ["", "age1", "somebody", identity])
      expect(await isRecipient(text)).toBe(false);
  });
});

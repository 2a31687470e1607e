import { describe, expect, it } from "vitest";
import { bookmarkSeals } from "../../../src/auth/bookmark-seals.ts";
import { limits } from "../../../src/shared/limits.ts";

const keyOf = (letter: string): string => `${letter}:${letter.repeat(43)}`;
const at = (time: number, keys = keyOf("A"), kind = "d1") =>
  bookmarkSeals(keys, { kind, now: () => time });
const bookmark = "00000085-0000024c-00004c6d-8e61117bf38d7adb71b934ebbf891683";

describe("a sealed bookmark", () => {
  it("is opened by the deployment, also after its key was renewed", async () => {
    const sealed = await at(0).seal(bookmark);
    expect(await at(0).open(sealed ?? "")).toBe(bookmark);
    const renewed = at(0, `${keyOf("B")},${keyOf("A")}`);
    expect(await renewed.open(sealed ?? "")).toBe(bookmark);
  });

  it("tells nobody whether anything was written: it never looks the same, and is as long", async () => {
    const seals = at(0);
    const all = await Promise.all(
      [bookmark, bookmark, "0/1", "FFFFFFFF/FFFFFFFF"].map((one) => seals.seal(one)),
    );
    expect(new Set(all).size).toBe(4);
    expect(new Set(all.map((one) => one?.length)).size).toBe(1);
    expect(all.every((one) => !one?.includes(bookmark.slice(0, 8)))).toBe(true);
  });

  it("is none from elsewhere, of another kind of database, altered, or after its time", async () => {
    const sealed = (await at(0).seal(bookmark)) ?? "";
    const altered = (sealed.startsWith("A") ? "B" : "A") + sealed.slice(1);
    for (const text of ["", "x", "first-unconstrained", altered, sealed.slice(4), `${sealed}AAAA`])
      expect(await at(0).open(text)).toBeNull();
    expect(await at(0, keyOf("C")).open(sealed)).toBeNull();
    expect(await at(0, keyOf("A"), "postgres").open(sealed)).toBeNull();
    expect(await at(limits.bookmarkMsMax).open(sealed)).toBe(bookmark);
    expect(await at(limits.bookmarkMsMax + 1).open(sealed)).toBeNull();
  });

  it("is not made of one that is longer than any that is known", async () => {
    expect(await at(0).seal("1".repeat(limits.bookmarkCharactersMax))).not.toBeNull();
    expect(await at(0).seal("1".repeat(limits.bookmarkCharactersMax + 1))).toBeNull();
  });
});

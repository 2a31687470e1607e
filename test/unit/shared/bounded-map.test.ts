import { describe, expect, it } from "vitest";
import { BoundedMap } from "../../../src/shared/bounded-map.ts";

const keysIn = (map: BoundedMap<string, string>, keys: string) =>
  keys
    .split("")
    .filter((key) => map.get(key) !== undefined)
    .join("");

describe("a map with a limit", () => {
  it("forgets what was set longest ago, and not what was only read", () => {
    const map = new BoundedMap<string, string>(2);
    for (const key of "ab") map.set(key, key);
    map.get("a");
    map.set("c", "c");
    expect(keysIn(map, "abc")).toBe("bc");
    map.set("b", "again");
    map.set("d", "d");
    expect(keysIn(map, "abcd")).toBe("bd");
  });

  it("of bytes holds as many as are allowed, at the limit and one more", () => {
    const map = new BoundedMap<string, string>(10, { bytesMax: 6, bytesOf: (text) => text.length });
    for (const key of "abc") map.set(key, "xx");
    expect(keysIn(map, "abc")).toBe("abc");
    map.set("d", "x");
    expect(keysIn(map, "abcd")).toBe("bcd");
    // What takes another's place gives its bytes back.
    map.set("d", "xx");
    expect(keysIn(map, "abcd")).toBe("bcd");
    map.set("d", "xxx");
    expect(keysIn(map, "abcd")).toBe("cd");
  });

  it("of bytes keeps what was set last, though it is alone larger, and forgets it with the next", () => {
    const map = new BoundedMap<string, string>(10, { bytesMax: 6, bytesOf: (text) => text.length });
    map.set("a", "x");
    map.set("b", "x".repeat(7));
    expect(keysIn(map, "ab")).toBe("b");
    map.set("c", "x");
    expect(keysIn(map, "abc")).toBe("c");
  });

  it("of bytes has a limit of entries as well", () => {
    const map = new BoundedMap<string, string>(2, { bytesMax: 100, bytesOf: () => 1 });
    for (const key of "abc") map.set(key, key);
    expect(keysIn(map, "abc")).toBe("bc");
  });
});

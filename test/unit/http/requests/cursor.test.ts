import { describe, expect, it } from "vitest";
import {
  decodeCursor,
  decodeTextCursor,
  encodeCursor,
} from "../../../../src/http/requests/cursor.ts";
import { limits } from "../../../../src/shared/limits.ts";

const shape = { shard: "shard", seq: "number", id: "string" } as const;
const sound = { shard: limits.shardsMax - 1, seq: Number.MAX_SAFE_INTEGER, id: "a-decision" };

/** A cursor that is none of ours: base64url of whatever JSON text this is. */
const foreign = (json: string) => Buffer.from(json).toString("base64url");
const refusal = expect.objectContaining({ code: "query.invalid" });

describe("a cursor", () => {
  it("gives back the key that it was made of", () => {
    expect(decodeCursor(encodeCursor(sound) ?? "", shape)).toEqual(sound);
    expect(decodeTextCursor(encodeCursor("é😀") ?? "")).toBe("é😀");
    expect(decodeCursor(undefined, shape)).toBeNull();
  });

  it.each(["1.5", "-1", "1e300", "9007199254740992", '"1"', "null"])(
    "with the number %s, which no column of ours holds, is refused",
    (seq) => {
      const text = foreign(`{"shard":1,"seq":${seq},"id":"a"}`);
      expect(() => decodeCursor(text, shape)).toThrow(refusal);
    },
  );

  it.each([limits.shardsMax, 2 ** 31, -1, 0.5])("with a shard %d is refused", (shard) => {
    const text = foreign(JSON.stringify({ ...sound, shard }));
    expect(() => decodeCursor(text, shape)).toThrow(refusal);
  });

  it.each([
    ["U+0000", '"a\\u0000b"'],
    ["half of a surrogate pair", '"\\ud800"'],
    [
      "more than fits any key of ours",
      JSON.stringify("x".repeat(limits.cursorTextCharactersMax + 1)),
    ],
    ["no text at all", "1"],
  ])("with a text that holds %s is refused", (_, text) => {
    const key = foreign(`{"shard":1,"seq":1,"id":${text}}`);
    expect(() => decodeCursor(key, shape)).toThrow(refusal);
    expect(() => decodeTextCursor(foreign(text))).toThrow(refusal);
  });

  it.each(["", "%", "x", foreign("[]"), foreign("null"), foreign("{}")])(
    "%j, which we never gave, is refused",
    (text) => {
      expect(() => decodeCursor(text, shape)).toThrow(refusal);
      expect(() => decodeTextCursor(text)).toThrow(refusal);
    },
  );
});

import { expect, it } from "vitest";
import { csvField } from "../../../../src/http/responses/csv-field.ts";

it.each([
  ["AbC_d-e", "AbC_d-e"],
  ["_AbC", "_AbC"],
  ["-AbC", "'-AbC"],
  ["=1+1", "'=1+1"],
  ["@x", "'@x"],
  ["+x,\ty", `"'+x,\ty"`],
  ["\tx", "'\tx"],
  ['a "b", c', '"a ""b"", c"'],
  ["東京", "東京"],
  [-5, "-5"],
  [null, ""],
] as const)(
  "a field of CSV is no formula, and with one apostrophe taken away what it was: %j",
  (value, field) => {
    expect(csvField(value)).toBe(field);
  },
);

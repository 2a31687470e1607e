import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvText } from "../../../../src/web/exports/csv-text.ts";

describe("a table as CSV", () => {
  test("is read back as it was, whatever its texts contain", () => {
    const cell = fc.string({ unit: "binary" }).filter((text) => !/^[=+\-@\t\r\uFEFF]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const read = parse(csvText(rows), { bom: true, skip_empty_lines: false });
        expect(read).toEqual(rows);
      }),
    );
  });

  test("has no text that a spreadsheet runs, and leaves figures as they are", () => {
    expect(csvText([["=HYPERLINK(1)", -1, "-2", null]])).toBe("\uFEFF'=HYPERLINK(1),-1,'-2,\r\n");
  });
});

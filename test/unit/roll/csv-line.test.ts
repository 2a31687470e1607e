import { expect, it } from "vitest";
import { columnName, csvFields, readCsvHeader } from "../../../src/roll/csv-line.ts";

it.each([
  ["Voter ID", "voter_id"],
  ["  voter -- id  ", "voter_id"],
  ["__Région__", "région"],
  ["ÉTAT 2", "état_2"],
])("the column %s is named %s", (written, name) => {
  expect(columnName(written)).toBe(name);
});

it("fields are cut at their separator, quoted ones at their quotes", () => {
  expect(csvFields('a;"b;""c""";', ";")).toEqual(["a", 'b;"c"', ""]);
  expect(csvFields('"a"b,c', ",")).toBeNull();
  expect(csvFields('"",,x', ",")).toEqual(["", "", "x"]);
  expect(csvFields('"a"\tb', "\t")).toEqual(["a", "b"]);
});

it("a header is read with whichever separator makes voter_id a column", () => {
  expect(readCsvHeader("region\tVoter ID")).toEqual({
    separator: "\t",
    columns: ["region", "voter_id"],
  });
  expect(readCsvHeader("region,voter")).toBeNull();
});

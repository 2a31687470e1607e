import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { limits } from "../../../../../src/shared/limits.ts";
import { addMarks } from "../../../../../src/web/organise/records/add-marks.ts";

describe("a marked register", () => {
  const count = limits.registerVotersMax + 1;
  const table = {
    columns: ["id", "name"],
    rows: Array.from({ length: count }, (_, at) => [`"v", ${at}`, "=A"]),
  };

  it("is asked for in parts, by voter_id as it is, and comes back with a column more", async () => {
    const asked: number[] = [];
    const text = await addMarks({
      table,
      voterId: 0,
      columnName: "voted",
      ask: (csv) => {
        const rows = parse<{ voter_id: string }>(csv, { columns: true });
        asked.push(rows.length);
        const marks = rows.map(
          ({ voter_id: id }) =>
            `"${id.replaceAll('"', '""')}",${/[13579]$/.test(id) ? "yes" : "no"}\r\n`,
        );
        return Promise.resolve(`\uFEFFvoter_id,voted\r\n${marks.join("")}`);
      },
      onProgress: () => {},
    });
    expect(asked).toEqual([limits.registerVotersMax, 1]);
    const rows = parse(text, { bom: true });
    expect(rows[0]).toEqual(["id", "name", "voted"]);
    expect(rows[2]).toEqual(['"v", 1', "'=A", "yes"]);
    expect(rows.at(-1)).toEqual([`"v", ${count - 1}`, "'=A", "no"]);
  });

  it("has no mark where a row names nobody, whom the import has refused", async () => {
    const rows = [
      ["ana", "1"],
      [" ", "2"],
      ["ben", "3"],
    ];
    const asked: string[] = [];
    const ask = (csv: string) => {
      asked.push(csv);
      return Promise.resolve("voter_id,voted\r\nana,yes\r\nben,no\r\n");
    };
    const input = { voterId: 0, columnName: "voted", ask, onProgress: () => {} };
    const text = await addMarks({ table: { columns: ["id", "at"], rows }, ...input });
    expect(asked).toEqual(['"voter_id"\r\n"ana"\r\n"ben"\r\n']);
    expect(parse(text, { bom: true }).map(([, at, mark]) => [at, mark])).toEqual([
      ["at", "voted"],
      ["1", "yes"],
      ["2", ""],
      ["3", "no"],
    ]);
  });

  it("is given up where a row has no mark", async () => {
    const ask = () => Promise.resolve("voter_id,voted\r\nv,yes\r\n");
    const marking = addMarks({ table, voterId: 0, columnName: "x", ask, onProgress: () => {} });
    await expect(marking).rejects.toThrow("every row has its mark");
  });
});

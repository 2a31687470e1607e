import { describe, expect, it } from "vitest";
import {
  guessRollColumns,
  looksLikeHeading,
} from "../../../../../src/web/organise/roll/columns.ts";
import { guessEncoding } from "../../../../../src/web/organise/roll/file/encodings.ts";
import { cellText } from "../../../../../src/web/organise/roll/file/sheet-cells.ts";
import { readSheets, sheetSource } from "../../../../../src/web/organise/roll/file/sheet-source.ts";
import type { FileRows } from "../../../../../src/web/organise/roll/file/source-row.ts";
import {
  guessSeparator,
  guessTextForm,
  textSource,
} from "../../../../../src/web/organise/roll/file/text-source.ts";
import { makeWorkbook } from "../../../../support/roll/make-workbook.ts";

async function rowsOf(source: FileRows) {
  const all: { line: number; fields: readonly string[] | null }[] = [];
  for await (const { rows } of source.batches()) all.push(...rows);
  return all;
}

async function readText(bytes: Uint8Array<ArrayBuffer> | string) {
  const file = new Blob([bytes]);
  const form = await guessTextForm(file);
  return { form, rows: await rowsOf(textSource(file, form)) };
}

function utf16(text: string, { isBigEndian = false, hasMark = true } = {}) {
  const bytes = Buffer.from(hasMark ? `\uFEFF${text}` : text, "utf16le");
  return new Uint8Array(isBigEndian ? bytes.swap16() : bytes);
}

const german = "Mitgliedsnummer;Wahlkreis;Stimmen\r\n007;Süd;3\r\nÄnne Größ;Nord;1\r\n";
const germanRows = [
  { line: 1, fields: ["Mitgliedsnummer", "Wahlkreis", "Stimmen"] },
  { line: 2, fields: ["007", "Süd", "3"] },
  { line: 3, fields: ["Änne Größ", "Nord", "1"] },
];

describe("a file of text", () => {
  it.each([
    { what: "UTF-8", bytes: german, encoding: "utf-8", isEncodingGuess: false },
    {
      what: "UTF-8 with a mark",
      bytes: `\uFEFF${german}`,
      encoding: "utf-8",
      isEncodingGuess: false,
    },
    { what: "UTF-16 LE", bytes: utf16(german), encoding: "utf-16le", isEncodingGuess: false },
    {
      what: "UTF-16 BE",
      bytes: utf16(german, { isBigEndian: true }),
      encoding: "utf-16be",
      isEncodingGuess: false,
    },
    {
      what: "UTF-16 without a mark",
      bytes: utf16(german, { hasMark: false }),
      encoding: "utf-16le",
      isEncodingGuess: true,
    },
    {
      what: "Windows-1252, which is a guess",
      bytes: new Uint8Array(Buffer.from(german, "latin1")),
      encoding: "windows-1252",
      isEncodingGuess: true,
    },
  ])("is read in $what", async ({ bytes, encoding, isEncodingGuess }) => {
    const { form, rows } = await readText(bytes);
    expect(form).toEqual({ encoding, isEncodingGuess, separator: ";" });
    expect(rows).toEqual(germanRows);
  });

  it("is read in Arabic and Chinese, with tabs and commas", async () => {
    const arabic = await readText("رقم العضوية\tالاسم\tالمنطقة\n١٢٣\tفاطمة الزهراء\tالدلتا\n");
    expect(arabic.form.separator).toBe("\t");
    expect(arabic.rows[1]).toEqual({ line: 2, fields: ["١٢٣", "فاطمة الزهراء", "الدلتا"] });
    const chinese = await readText("会员编号,姓名,地区\n0012,王小明,华东\n");
    expect(chinese.rows[1]).toEqual({ line: 2, fields: ["0012", "王小明", "华东"] });
  });

  it("of no guess's encoding says its line where it was read in another", async () => {
    const file = new Blob([new Uint8Array(Buffer.from("id\nJürgen\n", "latin1"))]);
    const form = await guessTextForm(file, "utf-8");
    await expect(rowsOf(textSource(file, form))).rejects.toMatchObject({ line: 2 });
  });

  it("keeps fields over several lines together, and numbers rows by their first line", async () => {
    const { rows } = await readText('id,address\n1,"12 Quay\r\nDelta"\n2,Hill\n');
    expect(rows).toEqual([
      { line: 1, fields: ["id", "address"] },
      { line: 2, fields: ["1", "12 Quay\nDelta"] },
      { line: 4, fields: ["2", "Hill"] },
    ]);
  });

  it("loses to a quote that is never closed its own line alone", async () => {
    const after = Array.from({ length: 80 }, (_, index) => `${index},x`);
    const { rows } = await readText(["id,note", '7,"open', ...after].join("\n"));
    expect(rows[1]).toEqual({ line: 2, fields: null });
    expect(rows).toHaveLength(82);
    expect(rows.at(-1)).toEqual({ line: 82, fields: ["79", "x"] });
    const short = await readText('id,note\n7,"open\n8,x');
    expect(short.rows).toEqual([
      { line: 1, fields: ["id", "note"] },
      { line: 2, fields: null },
      { line: 3, fields: ["8", "x"] },
    ]);
  });

  it("may begin with Excel's line that names the separator", async () => {
    const { form, rows } = await readText("sep=;\r\nid;votes\r\n1,5;2\r\n");
    expect(form.separator).toBe(";");
    expect(rows).toEqual([
      { line: 2, fields: ["id", "votes"] },
      { line: 3, fields: ["1,5", "2"] },
    ]);
  });

  it("is separated by what most lines are, and by commas where there is one column", () => {
    expect(guessSeparator(["name;votes", "Weiß, Ana;3", "Ben;1"])).toBe(";");
    expect(guessSeparator(["a\tb\tc", "1, 2\t3\t4"])).toBe("\t");
    expect(guessSeparator(["voter_id", "ana"])).toBe(",");
    expect(guessSeparator([])).toBe(",");
  });

  it("is UTF-8 also where the sample ends within a letter", () => {
    const bytes = Buffer.from("Größe");
    expect(guessEncoding(bytes.subarray(0, 3))).toEqual({ encoding: "utf-8", isGuess: false });
  });
});

describe("a workbook", () => {
  it("is read sheet by sheet, in plain digits and ISO dates", async () => {
    const bytes = makeWorkbook([
      { name: "Read me", rows: [["Nothing here"]] },
      {
        name: "Mitglieder 2027",
        rows: [
          ["Nr", "Name", "Stimmen", "Eintritt"],
          [123456789012, "Änne & Söhne", 1e3, { dateSerial: 46023 }],
          ["007", "王小明", 2, null],
          [null, null, null, null],
          [0.5, "فاطمة", 1, null],
        ],
      },
    ]);
    const sheets = await readSheets(new Blob([bytes]));
    expect(sheets.map(({ name }) => name)).toEqual(["Read me", "Mitglieder 2027"]);
    const [, sheet] = sheets;
    if (sheet === undefined) throw new Error("there are two");
    const rows = await rowsOf(sheetSource(sheet));
    expect(rows.map(({ fields }) => fields)).toEqual([
      ["Nr", "Name", "Stimmen", "Eintritt"],
      ["123456789012", "Änne & Söhne", "1000", "2026-01-01"],
      ["007", "王小明", "2", ""],
      ["", "", "", ""],
      ["0.5", "فاطمة", "1", ""],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    { cell: 1e21, text: "1e+21" },
    { cell: 12_345_678_901_234, text: "12345678901234" },
    { cell: true, text: "TRUE" },
    { cell: null, text: "" },
    { cell: new Date("2026-03-01T10:30:00Z"), text: "2026-03-01T10:30:00.000Z" },
  ])("has $text for $cell", ({ cell, text }) => {
    expect(cellText(cell)).toBe(text);
  });
});

describe("the columns of a file", () => {
  it.each([
    { heading: ["voter_id", "region", "weight"], at: [0, 1, 2, null] },
    { heading: ["Name", "Mitglieds-Nr.", "Wahlkreis", "Stimmen"], at: [1, 2, 3, 0] },
    { heading: ["Nom", "Prénom", "N° électeur", "Circonscription", "Voix"], at: [2, 3, 4, 0] },
    { heading: ["DNI", "Apellidos y nombre", "Distrito", "Votos"], at: [0, 2, 3, 1] },
    { heading: ["№", "ФИО", "Номер избирателя", "Округ", "Вес"], at: [2, 3, 4, 1] },
    { heading: ["الاسم", "رقم العضوية", "المنطقة", "الوزن"], at: [1, 2, 3, 0] },
    { heading: ["姓名", "会员编号", "选区", "权重"], at: [1, 2, 3, 0] },
    { heading: ["E-Mail", "Full name", "Chamber"], at: [0, 2, null, 1] },
    { heading: ["Postcode", "Street"], at: [null, null, null, null] },
  ])("are guessed by $heading", ({ heading, at: [voterId, region, weight, name] }) => {
    expect(guessRollColumns(heading)).toEqual({ voterId, region, weight, name });
  });

  it("have a heading where its words are known, or nothing in it is a number or address", () => {
    expect(looksLikeHeading(["Mitgliedsnummer", "Ort"])).toBe(true);
    expect(looksLikeHeading(["Kennung", "Ort"])).toBe(true);
    expect(looksLikeHeading(["10017", "Delta", "3"])).toBe(false);
    expect(looksLikeHeading(["ana@river.example", "Delta"])).toBe(false);
  });
});

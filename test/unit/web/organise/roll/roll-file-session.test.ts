import { describe, expect, it } from "vitest";
import { limits } from "../../../../../src/shared/limits.ts";
import { readRoll } from "../../../../../src/roll/read-roll.ts";
import { RollReport } from "../../../../../src/roll/roll-report.ts";
import { RollFileSession } from "../../../../../src/web/organise/roll/roll-file-session.ts";
import type {
  FileSketch,
  RollCheck,
  RollQuestion,
  RollQuestions,
  RollTerms,
} from "../../../../../src/web/organise/roll/roll-worker-messages.ts";
import type { RollMapping } from "../../../../../src/web/organise/roll/check/read-fields.ts";
import { makeWorkbook } from "../../../../support/roll/make-workbook.ts";

const terms: RollTerms = {
  regions: [
    { code: "north", name: "Nord" },
    { code: "south", name: "Süd" },
  ],
  voterIds: "case_mapped",
  hasNames: false,
};

function sessionOf(given: Partial<RollTerms> = {}) {
  const session = new RollFileSession();
  let sketch: FileSketch | null = null;
  const ask = <Name extends RollQuestion>(name: Name, question: RollQuestions[Name]["ask"]) =>
    session.answer({ request: 1, name, ask: question } as never, () => {}) as Promise<
      RollQuestions[Name]["answer"]
    >;
  return {
    ask,
    async check(content: BlobPart, mapping: Partial<RollMapping> = {}): Promise<RollCheck> {
      sketch = await ask("open", { file: new File([content], "roll"), choice: {} });
      const { columns, hasHeading } = sketch;
      const whole = { columns, hasHeading, regionCodes: {}, ...mapping };
      return ask("check", { mapping: whole, terms: { ...terms, ...given } });
    },
    async pieces(kept: number[] = [], from = 0) {
      const all = [];
      for (let piece = from; ; piece += 1) {
        const next = await ask("piece", { piece, kept });
        if (next === null) return all;
        all.push(next);
      }
    },
  };
}

/** What the platform makes of a piece. */
async function importedOf(text: string, firstLine: number) {
  const report = new RollReport();
  const rows: { voterId: string; region: string; weight: number; line: number }[] = [];
  await readRoll(new Blob([text]).stream(), {
    format: "csv",
    bytesMax: limits.rollPieceBytesMax,
    bytesStated: null,
    regions: new Set(["north", "south"]),
    voterIds: "case_mapped",
    hasNames: false,
    ignored: new Set(),
    report,
    take: ({ voterId, region, weight }, line) =>
      rows.push({ voterId, region, weight, line: line - 2 + firstLine }),
    afterChunk: () => Promise.resolve(),
  });
  const problems = report.problems.map(({ line, code }) => ({ line: line - 2 + firstLine, code }));
  return { rows, problems };
}

describe("a file that is checked before it is sent", () => {
  const csv =
    "Mitgliedsnummer;Wahlkreis;Stimmen;Telefon\n" +
    "007;Nord;3;040 1\nBen;south;;040 2\n;Nord;1;\n\nCleo;West;1;\nDan;süd;1,5;\nEve;Nord;1\n";

  it("is told what is good, what is bad by its line, and what it sums up to", async () => {
    const found = await sessionOf().check(csv);
    expect(found).toMatchObject({
      rows: 6,
      refused: 4,
      problems: [
        { line: 4, code: "voter_id.missing", voterId: "" },
        { line: 6, code: "region.unknown", voterId: "Cleo" },
        { line: 7, code: "weight.not_whole", voterId: "Dan" },
        { line: 8, code: "row.wrong_columns" },
      ],
      unknownRegions: [{ text: "West", rows: 1 }],
      sums: {
        voters: 2,
        weight: "4",
        regions: [
          { region: "north", voters: 1, weight: "3" },
          { region: "south", voters: 1, weight: "1" },
        ],
      },
    });
    // Each weighs something else than the other: their totals name them.
    expect(found.sums.fewestAlike).toEqual([
      { region: "north", voters: 1 },
      { region: "south", voters: 1 },
    ]);
  });

  it("takes what the organiser says of a region that is not known", async () => {
    const found = await sessionOf().check(csv, { regionCodes: { west: "north" } });
    expect(found.unknownRegions).toEqual([]);
    expect(found.sums.regions[0]).toEqual({ region: "north", voters: 2, weight: "4" });
  });

  it("is sent as the platform finds it: the same rows, the same problems, by the file's own lines", async () => {
    const session = sessionOf();
    const found = await session.check(csv);
    const [piece, ...more] = await session.pieces();
    expect(more).toEqual([]);
    expect(piece).toMatchObject({ piece: 0, firstLine: 2, rows: 6 });
    expect(piece?.text).not.toContain("040");
    const { rows, problems } = await importedOf(piece?.text ?? "", piece?.firstLine ?? 0);
    expect(rows).toEqual([
      { voterId: "007", region: "north", weight: 3, line: 2 },
      { voterId: "ben", region: "south", weight: 1, line: 3 },
    ]);
    expect(problems).toEqual(found.problems.map(({ line, code }) => ({ line, code })));
  });

  it("has all its problems in a file to download, and no formula in it", async () => {
    const session = sessionOf();
    await session.check("voter_id,region\n=1+1,west\nana,north\n,north\n");
    const words = { "region.unknown": "No such region", "voter_id.missing": "No id" };
    const blob = await session.ask("problems", {
      words,
      heading: ["Line", "What", "Id", "Region", "Code"],
    });
    expect(await blob.text()).toBe(
      "Line,What,Id,Region,Code\r\n2,No such region,'=1+1,west,region.unknown\r\n4,No id,,north,voter_id.missing\r\n",
    );
  });

  it("is read from a workbook's sheet as well", async () => {
    const session = sessionOf();
    const bytes = makeWorkbook([
      { name: "Notes", rows: [["x"]] },
      {
        name: "Roll",
        rows: [
          ["ID", "Region", "Weight"],
          [7, "Nord", 2],
          ["ana", "south", 1],
        ],
      },
    ]);
    const sketch = await session.ask("open", {
      file: new File([bytes], "roll.xlsx"),
      choice: { sheet: 1 },
    });
    expect(sketch).toMatchObject({ kind: "workbook", sheets: ["Notes", "Roll"], hasHeading: true });
    const mapping = { columns: sketch.columns, hasHeading: true, regionCodes: {} };
    const found = await session.ask("check", { mapping, terms });
    expect(found.sums).toMatchObject({ voters: 2, weight: "3" });
  });

  it.each([
    { what: "is empty", content: "", failure: { reason: "empty" } },
    {
      what: "only says to be a workbook",
      content: "PK\x03\x04 and no more",
      failure: { reason: "not_a_workbook" },
    },
  ])("is refused where it $what", async ({ content, failure }) => {
    const { ask } = sessionOf();
    const file = new File([content], "roll");
    await expect(ask("open", { file, choice: {} })).rejects.toMatchObject({ failure });
  });
});

describe("rows that name one voter in several spellings", () => {
  const csv =
    "voter_id,region,weight\nAna,north,1\nben,south,1\n ANA ,south,5\nａｎａ,south,1\nBen,south,1\n";

  it("stand side by side, and the first counts", async () => {
    const found = await sessionOf().check(csv);
    expect(found.twins).toMatchObject({ rows: 3, groupCount: 2 });
    expect(
      found.twins.groups.map(({ rows }) => rows.map(({ line, voterId }) => [line, voterId])),
    ).toEqual([
      [
        [2, "Ana"],
        [4, " ANA "],
        [5, "ａｎａ"],
      ],
      [
        [3, "ben"],
        [6, "Ben"],
      ],
    ]);
    expect(found.sums).toMatchObject({ voters: 2, weight: "2" });
  });

  it("are sent as decided, without those that are left out", async () => {
    const session = sessionOf();
    await session.check(csv);
    expect(await session.ask("settle", { kept: [4] })).toMatchObject({
      voters: 2,
      weight: "6",
      regions: [
        { region: "north", voters: 0 },
        { region: "south", voters: 2, weight: "6" },
      ],
    });
    const lines = async (kept: number[]) => {
      const [piece] = await session.pieces(kept);
      const { rows, problems } = await importedOf(piece?.text ?? "", piece?.firstLine ?? 0);
      expect(problems).toEqual([]);
      return rows.map(({ line }) => line);
    };
    expect(await lines([])).toEqual([2, 3]);
    expect(await lines([4])).toEqual([3, 4]);
  });

  it("are two voters where the decision tells capitals from small letters", async () => {
    const found = await sessionOf({ voterIds: "case_preserved" }).check(csv);
    expect(found.twins).toMatchObject({ rows: 0, groupCount: 0 });
  });
});

describe("a long file", () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, index) =>
      `voter-${String(index).padStart(8, "0")},${index % 2 === 0 ? "north" : "south"}\n`,
  );
  const csv = `voter_id,region\n${rows.join("")}`;

  it("is cut into pieces of a bounded size, the same from any piece on", async () => {
    const session = sessionOf();
    expect((await session.check(csv)).sums.voters).toBe(60_000);
    const pieces = await session.pieces();
    expect(pieces.length).toBeGreaterThan(2);
    for (const { text } of pieces)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limits.rollPieceBytesMax);
    expect(pieces.reduce((sum, piece) => sum + piece.rows, 0)).toBe(60_000);
    expect(await session.pieces([], 2)).toEqual(pieces.slice(2));
    const again = sessionOf();
    await again.check(csv);
    expect(await again.ask("piece", { piece: 1, kept: [] })).toEqual(pieces[1]);
    const last = pieces.at(-1);
    const imported = await importedOf(last?.text ?? "", last?.firstLine ?? 0);
    expect(imported.rows.at(-1)).toMatchObject({ voterId: "voter-00059999", line: 60_001 });
  });

  it("finds two rows of one voter far apart", async () => {
    const found = await sessionOf().check(`${csv}VOTER-00000000,south\n`);
    expect(found.twins.groups[0]?.rows.map(({ line }) => line)).toEqual([2, 60_002]);
  });
});

describe("what a spreadsheet does to ids", () => {
  it.each([
    { kind: "shortened", ids: ["1.23457E+12", "4,5E+09", "ana"], rows: 2 },
    { kind: "date", ids: ["03-May", "2026-05-03", "12.11.2026", "ben"], rows: 3 },
    { kind: "decimal", ids: ["10017.0", "10018,00"], rows: 2 },
    {
      kind: "zeros",
      ids: ["91234", "81234", "71234", "61234", "51234", "1234", "54321"],
      rows: 1,
    },
  ])("is noticed: $kind", async ({ kind, ids, rows }) => {
    const csv = `voter_id;region\n${ids.map((id) => `${id};north\n`).join("")}`;
    const { doubts } = await sessionOf().check(csv);
    expect(doubts.map((doubt) => [doubt.kind, doubt.rows])).toEqual([[kind, rows]]);
  });

  it.each([
    { what: "are counted up", ids: Array.from({ length: 120 }, (_, index) => String(index + 1)) },
    { what: "still have zeros before them", ids: ["00123", "91234", "1234"] },
    { what: "are of any length", ids: ["5", "123", "99999999", "77"] },
  ])("is not suspected where numbers $what", async ({ ids }) => {
    const csv = `voter_id;region\n${ids.map((id) => `${id};north\n`).join("")}`;
    expect((await sessionOf().check(csv)).doubts).toEqual([]);
  });
});

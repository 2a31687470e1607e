import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { readRoll, type RollFormat } from "../../../src/roll/read-roll.ts";
import { RollReport } from "../../../src/roll/roll-report.ts";
import { normalizeVoterId } from "../../../src/voter-id/voter-id.ts";
import type { RollRow } from "../../../src/roll/row-problem.ts";

const regions = ["north", "south"];

type Read = { rows: (RollRow & { line: number })[]; problems: [line: number, code: string][] };

/** Reads an upload that arrives in chunks of so many bytes. */
async function read(
  upload: string | Uint8Array,
  options: {
    format?: RollFormat;
    regions?: string[];
    chunkBytes?: number;
    bytesStated?: number;
    hasNames?: boolean;
    ignored?: string[];
  } = {},
): Promise<Read> {
  const bytes = typeof upload === "string" ? new TextEncoder().encode(upload) : upload;
  const { chunkBytes = bytes.byteLength } = options;
  const report = new RollReport();
  const rows: Read["rows"] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let from = 0; from < bytes.byteLength; from += chunkBytes) {
        controller.enqueue(bytes.subarray(from, from + chunkBytes));
      }
      controller.close();
    },
  });
  await readRoll(body, {
    format: options.format ?? "csv",
    bytesMax: limits.rollBytesMax,
    bytesStated: options.bytesStated ?? null,
    regions: new Set(options.regions ?? regions),
    voterIds: "case_preserved",
    hasNames: options.hasNames ?? false,
    ignored: new Set(options.ignored),
    report,
    take: (row, line) => rows.push({ ...row, line }),
    afterChunk: async () => {},
  });
  expect(report.rows).toBe(rows.length + report.refused);
  return { rows, problems: report.problems.map(({ line, code }) => [line, code]) };
}

const noVoterId =
  "The first line names the columns, of which voter_id must be one, with commas, semicolons or tabs between.";

const rowArbitrary = fc.record({
  voterId: fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .filter((id) => !/[\r\n\uFFFD]/.test(id))
    .map((id) => normalizeVoterId(id, "case_preserved"))
    .filter((id) => typeof id === "string"),
  region: fc.constantFrom(...regions),
  weight: fc.integer({ min: 1, max: 1_000_000_000_000 }),
});

/** A text in each encoding that is read. */
const encodings: ((text: string) => Uint8Array)[] = [
  (text) => new TextEncoder().encode(text),
  (text) => new TextEncoder().encode(`\uFEFF${text}`),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
];

describe("reading a roll", () => {
  it("takes names for votes that are published with them, from either format", async () => {
    const longest = "n".repeat(limits.voterIdCharactersMax);
    const csv = `name,voter_id,region\n"Ilić, Ana",ana,north\n,ben,south\n${longest},cem,south\n${longest}n,dan,south\n`;
    const ana = { voterId: "ana", region: "north", weight: 1, name: "Ilić, Ana", line: 2 };
    const { rows, problems } = await read(csv, { hasNames: true });
    expect(rows).toEqual([
      ana,
      { voterId: "ben", region: "south", weight: 1, line: 3 },
      { voterId: "cem", region: "south", weight: 1, name: longest, line: 4 },
    ]);
    expect(problems).toEqual([[5, "name.malformed"]]);
    const ndjson = [
      { voter_id: "ana", region: "north", name: "Ilić, Ana" },
      { voter_id: "ben", region: "south", name: "a\0" },
      { voter_id: "cem", region: "south", name: 7 },
    ];
    const lines = ndjson.map((row) => JSON.stringify(row)).join("\n");
    expect(await read(lines, { format: "ndjson", hasNames: true })).toEqual({
      rows: [{ ...ana, line: 1 }],
      problems: [
        [2, "name.malformed"],
        [3, "name.malformed"],
      ],
    });
  });

  it("refuses a roll with names where none are published", async () => {
    const refused = { code: "vote.statement_not_published" };
    await expect(read("voter_id,region,name\nana,north,\n")).rejects.toMatchObject(refused);
    const row = JSON.stringify({ voter_id: "ana", region: "north", name: "Ana" });
    await expect(read(row, { format: "ndjson" })).rejects.toMatchObject(refused);
  });

  it("gives every row of a file as it was written, however it is cut into chunks, quoted or not", async () => {
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(rowArbitrary, fc.boolean()), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom(...encodings),
        async (written, chunkBytes, end, separator, encode) => {
          const lines = written.map(([{ voterId, region, weight }, isQuoted]) => {
            const id = isQuoted || /[",;\t]/.test(voterId) ? quote(voterId) : voterId;
            return [weight, id, region].join(separator);
          });
          const csv = [["weight", "voter_id", "region"].join(separator), ...lines].join(end);
          const { rows, problems } = await read(encode(csv), { chunkBytes });
          expect(problems).toEqual([]);
          expect(rows).toEqual(written.map(([row], index) => ({ ...row, line: index + 2 })));
        },
      ),
    );
  });

  it("reads the same rows from NDJSON", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        async (written, chunkBytes) => {
          const lines = written.map(({ voterId, ...rest }) =>
            JSON.stringify({ voter_id: voterId, ...rest }),
          );
          const { rows } = await read(lines.join("\n"), { format: "ndjson", chunkBytes });
          expect(rows).toEqual(written.map((row, index) => ({ ...row, line: index + 1 })));
        },
      ),
    );
  });

  it("takes the weight 1 where none is said, and passes over blank lines and a byte order mark", async () => {
    const one = { voterId: "ana", region: "", weight: 1 };
    expect(await read("\uFEFFvoter_id\n\nana\n\n", { regions: [] })).toEqual({
      rows: [{ ...one, line: 3 }],
      problems: [],
    });
    const ndjson = '\n{"voter_id":"ana"}\n  \n';
    expect(await read(ndjson, { format: "ndjson", regions: [] })).toEqual({
      rows: [{ ...one, line: 2 }],
      problems: [],
    });
  });

  it.each([
    [",north,1", "voter_id.missing"],
    [" ,north,1", "voter_id.missing"],
    ["an\u200Ba,north,1", "voter_id.forbidden_character"],
    [`${"x".repeat(256)},north,1`, "voter_id.too_long"],
    ['"ana,north,1', "row.bad_quotes"],
    ['a"na,north,1', "row.bad_quotes"],
    ['"ana"s,north,1', "row.bad_quotes"],
    ["ana,north", "row.wrong_columns"],
    ["ana,north,1,more", "row.wrong_columns"],
    ["ana,west,1", "region.unknown"],
    ["ana,,1", "region.unknown"],
    ["ana,north,0", "weight.invalid"],
    ["ana,north,-1", "weight.invalid"],
    ["ana,north,1.5", "weight.not_whole"],
    ["ana,north,.25", "weight.not_whole"],
    ["ana,north,1.0", "weight.not_whole"],
    ['ana,north,"1,5"', "weight.not_whole"],
    ["ana,north,1,5", "row.wrong_columns"],
    ["ana,north,1.000.000", "weight.invalid"],
    ["ana,north,1 000", "weight.invalid"],
    ["ana,north,1e3", "weight.invalid"],
    ["ana,north,0x10", "weight.invalid"],
    ["ana,north,1000000000001", "weight.invalid"],
    ["x".repeat(limits.rollRowCharactersMax + 1), "row.too_long"],
  ])("refuses the row %j alone, as %s", async (row, code) => {
    const { rows, problems } = await read(
      `voter_id,region,weight\nben,north,1\n${row}\ncleo,south,2\n`,
    );
    expect(problems).toEqual([[3, code]]);
    expect(rows.map(({ voterId, line }) => [voterId, line])).toEqual([
      ["ben", 2],
      ["cleo", 4],
    ]);
  });

  it.each([
    ["not json", "row.not_json"],
    ["[]", "row.not_json"],
    ["null", "row.not_json"],
    ['{"voter_id":"ana","voter_id":"ben","region":"north"}', "row.duplicate_key"],
    ['{"voter_id":"ana","region":"north","wieght":2}', "row.unknown_field"],
    ['{"region":"north"}', "voter_id.missing"],
    ['{"voter_id":7,"region":"north"}', "voter_id.malformed"],
    ['{"voter_id":"\\ud800","region":"north"}', "voter_id.malformed"],
    ['{"voter_id":"ana","region":5}', "region.unknown"],
    ['{"voter_id":"ana"}', "region.unknown"],
    ['{"voter_id":"ana","region":"north","weight":"2"}', "weight.invalid"],
    ['{"voter_id":"ana","region":"north","weight":1.5}', "weight.not_whole"],
    ['{"voter_id":"ana","region":"north","weight":1e400}', "weight.invalid"],
    ['{"voter_id":"ana","region":"north","weight":1000000000001}', "weight.invalid"],
    [`{"voter_id":"${"x".repeat(256)}","region":"north"}`, "voter_id.too_long"],
  ])("refuses the line %j alone, as %s", async (text, code) => {
    const good = '{"voter_id":"ben","region":"north"}';
    const { rows, problems } = await read(`${good}\n${text}\n${good}`, { format: "ndjson" });
    expect(problems).toEqual([[2, code]]);
    expect(rows.map(({ line }) => line)).toEqual([1, 3]);
  });

  it.each([
    ["Windows-1252", Buffer.from("voter_id\nana\nZ\u00fcrich\n", "latin1"), 3],
    ["a header in Windows-1252", Buffer.from("voter_id;Gr\u00f6\u00dfe\nana;1\n", "latin1"), 1],
    ["U+FFFD, which another program has written", Buffer.from("voter_id\nan\uFFFDa\n"), 2],
    ["half a surrogate pair in UTF-16", Buffer.from("\uFEFFvoter_id\nan\uD800a\n", "utf16le"), 2],
    [
      "a last row that ends within a letter",
      Buffer.from("voter_id\nana\nb\u00e9").subarray(0, -1),
      3,
    ],
  ])("refuses a file as a whole, by the line and with what to do: %s", async (_, file, line) => {
    for (const chunkBytes of [1, 7, file.byteLength]) {
      await expect(read(file, { regions: [], chunkBytes })).rejects.toMatchObject({
        code: "roll.unknown_encoding",
        detail: expect.stringMatching(
          new RegExp(`^Line ${line} is not UTF-8, .* Save the file as UTF-8, which Excel calls`),
        ),
      });
    }
  });

  it("refuses UTF-16 without a byte order mark as such", async () => {
    const file = Buffer.from("voter_id\nana\n", "utf16le");
    await expect(read(file, { regions: [] })).rejects.toMatchObject({
      code: "roll.unknown_encoding",
      detail: expect.stringContaining("UTF-16 without a byte order mark"),
    });
  });

  it.each([
    "Voter_ID;Region;Weight",
    " voter_id ; region ;weight",
    "\u00a0Voter ID;REGION;weight",
    "voter-id;Region;Weight",
    '"Voter_Id";"Region";"Weight"',
  ])("takes the header %j, in whatever case and with blanks", async (header) => {
    const { rows, problems } = await read(
      `${header}\r\nana; north ; 3\r\n"ben; junior";south;\r\n`,
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      { voterId: "ana", region: "north", weight: 3, line: 2 },
      { voterId: "ben; junior", region: "south", weight: 1, line: 3 },
    ]);
  });

  it("passes over rows of separators alone and columns without a name, unless they say something", async () => {
    const csv = "voter_id;region;;\nana;north;;\n;;;\n ; ;\t;\n\nben;south;left;\n";
    const { rows, problems } = await read(csv);
    expect(rows.map(({ voterId }) => voterId)).toEqual(["ana"]);
    expect(problems).toEqual([[6, "row.wrong_columns"]]);
  });

  it("names the columns that are not known, and passes over those that it is told to", async () => {
    const csv = "voter_id;E-Mail;region;Gr\u00f6\u00dfe;name\nana;a@b;north;7;Ana\n";
    await expect(read(csv)).rejects.toMatchObject({
      code: "roll.unknown_column",
      detail:
        "Not known: e_mail, gr\u00f6\u00dfe. Known are voter_id, region, weight, name. " +
        "Leave the others out, or PUT the roll with `?ignore=e_mail,gr\u00f6\u00dfe` to pass over them.",
    });
    const ana = { voterId: "ana", region: "north", weight: 1, line: 2 };
    const ignored = ["e_mail", "gr\u00f6\u00dfe"];
    await expect(read(csv, { ignored })).rejects.toMatchObject({
      code: "vote.statement_not_published",
    });
    expect((await read(csv, { ignored: [...ignored, "name"] })).rows).toEqual([ana]);
    const named = await read(csv, { ignored, hasNames: true });
    expect(named.rows).toEqual([{ ...ana, name: "Ana" }]);
    for (const needed of ["voter_id", "region"]) {
      const without = read(csv, { ignored: [...ignored, "name", needed] });
      await expect(without).rejects.toMatchObject({ code: "roll.missing_column" });
    }
  });

  it("passes over a weight or a doubled column that it is told to", async () => {
    const csv = "voter_id,region,weight,note,note\nana,north,7,a,b\n";
    const { rows } = await read(csv, { ignored: ["weight", "note"] });
    expect(rows).toEqual([{ voterId: "ana", region: "north", weight: 1, line: 2 }]);
  });

  it("names no more columns than a person reads, and of each no more than its beginning", async () => {
    const most = limits.rollColumnsNamedMax;
    const names = Array.from({ length: most + 2 }, (_, at) => `${"x".repeat(80)}${at}`);
    const shown = "x".repeat(limits.rollColumnCharactersMax);
    await expect(read(`voter_id,region,${names.join(",")}\n`)).rejects.toMatchObject({
      detail: expect.stringMatching(
        new RegExp(`^Not known: ${Array(most).fill(shown).join(", ")} and 2 more\\. `),
      ),
    });
  });

  it("passes over members of NDJSON that it is told to", async () => {
    const row = JSON.stringify({ voter_id: "ana", region: "north", "E-Mail": "a@b", name: "Ana" });
    const { rows } = await read(row, { format: "ndjson", ignored: ["e_mail", "name"] });
    expect(rows).toEqual([{ voterId: "ana", region: "north", weight: 1, line: 1 }]);
  });

  it.each([
    ["region,weight\nnorth,1\n", "roll.missing_column"],
    ["voter_id|region|weight\nana|north|1\n", "roll.missing_column"],
    ["voter_id,weight\nana,1\n", "roll.missing_column"],
    ["voter_id,region,colour\nana,north,red\n", "roll.unknown_column"],
    ["voter_id,region,region\nana,north,north\n", "roll.duplicate_column"],
    [`${"x".repeat(limits.rollRowCharactersMax + 1)}\n`, "roll.missing_column"],
    ["", "roll.empty"],
  ])("refuses the file %j as %s", async (text, code) => {
    await expect(read(text, { chunkBytes: 1_000 })).rejects.toMatchObject({ code });
  });

  it("refuses an upload that ends before the length that was stated, or goes on after it", async () => {
    const csv = "voter_id,region\nana,north\n";
    for (const bytesStated of [csv.length + 1, csv.length - 1]) {
      await expect(read(csv, { bytesStated })).rejects.toMatchObject({ code: "body.cut_off" });
    }
    expect((await read(csv, { bytesStated: csv.length })).rows).toHaveLength(1);
  });

  it.each([
    ["region,weight\n", noVoterId],
    ['"voter_id\n', noVoterId],
    ["voter_id,weight\n", "The decision has regions: name the column region."],
    ["voter_id,region,region\n", undefined],
  ])("says of the header %j what is wrong with it", async (text, detail) => {
    await expect(read(text)).rejects.toMatchObject({ name: "RollRefused", detail });
  });

  it("takes a quoted header, and a voter's name of as many characters as are allowed", async () => {
    const voterId = "x".repeat(limits.voterIdCharactersMax);
    const { rows, problems } = await read(`"voter_id","region"\n${voterId},north\n`);
    expect(problems).toEqual([]);
    expect(rows).toEqual([{ voterId, region: "north", weight: 1, line: 2 }]);
  });

  it("refuses a region where the decision has none", async () => {
    const { problems } = await read("voter_id,region\nana,north\nben,\n", { regions: [] });
    expect(problems).toEqual([[2, "region.unknown"]]);
  });

  it("names the first bad rows alone, and counts them all", async () => {
    const bad = limits.rollProblemsMax + 10;
    const report = new RollReport();
    for (let line = 1; line <= bad; line += 1) report.refuse(line, "weight.invalid");
    expect(report.problems).toHaveLength(limits.rollProblemsMax);
    expect([report.refused, report.reasons.get("weight.invalid")]).toEqual([bad, bad]);
  });

  it("names bad rows by their lines, in whatever order they were found", () => {
    const report = new RollReport();
    report.rows = 5;
    for (const line of [4, 2, 3]) report.refuse(line, "weight.invalid");
    expect(report.problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(report.loaded).toBe(2);
  });
});

/** A roll of voters without regions, read from a body. */
function readBody(
  body: ReadableStream<Uint8Array>,
  more: { rowsBefore?: number; afterChunk?: (bytes: number) => Promise<void> } = {},
): Promise<void> {
  const report = new RollReport();
  report.rows = more.rowsBefore ?? 0;
  return readRoll(body, {
    format: "csv",
    bytesMax: limits.rollBytesMax,
    bytesStated: null,
    regions: new Set(),
    voterIds: "case_mapped",
    hasNames: false,
    ignored: new Set(),
    report,
    take: () => {},
    afterChunk: more.afterChunk ?? (async () => {}),
  });
}

function bodyOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

const header = new TextEncoder().encode("voter_id\n");

describe("an upload as a whole", () => {
  it("has as many rows as are allowed, and not one more", async () => {
    const rows = new TextEncoder().encode("voter_id\nana\nben\n");
    await readBody(bodyOf(rows), { rowsBefore: limits.rollRowsMax - 2 });
    const tooMany = readBody(bodyOf(rows), { rowsBefore: limits.rollRowsMax - 1 });
    await expect(tooMany).rejects.toMatchObject({ code: "roll.too_many_rows" });
  });

  it("has as many bytes as are allowed, and not one more", async () => {
    const largest = new Uint8Array(limits.rollBytesMax - header.byteLength).fill(120);
    await readBody(bodyOf(header, largest));
    const tooLarge = readBody(bodyOf(header, largest, largest.subarray(0, 1)));
    await expect(tooLarge).rejects.toMatchObject({ code: "body.too_large" });
  });

  it("is read in chunks of bounded size, each waited for before the next", async () => {
    const seen: number[] = [];
    let isWaiting = false;
    const size = 2 * limits.rollChunkBytes + 7;
    await readBody(bodyOf(header, new Uint8Array(size).fill(120)), {
      afterChunk: async (bytes) => {
        expect(isWaiting).toBe(false);
        isWaiting = true;
        await Promise.resolve();
        isWaiting = false;
        seen.push(bytes - header.byteLength);
      },
    });
    expect(seen).toEqual([0, limits.rollChunkBytes, 2 * limits.rollChunkBytes, size]);
  });

  it("is cut off where its transport fails, and its body is let go", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("connection reset")),
    });
    await expect(readBody(body)).rejects.toMatchObject({ code: "body.cut_off" });
    expect(body.locked).toBe(false);
  });
});

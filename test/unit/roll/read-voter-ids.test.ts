import { describe, expect, it } from "vitest";
import { readVoterIds, type WrittenVoterId } from "../../../src/roll/read-voter-ids.ts";
import { limits } from "../../../src/shared/limits.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size);
}

async function read(file: string | Uint8Array, size = 3): Promise<WrittenVoterId[]> {
  const found: WrittenVoterId[] = [];
  for await (const row of readVoterIds(inPieces(Buffer.from(file), size))) found.push(row);
  return found;
}

describe("the voters of a file", () => {
  it.each([
    ["commas", 'region,voter_id\nnorth,ana\n\nsouth,"ben, junior"\n'],
    ["semicolons and blank rows", 'Region;Voter ID\r\nnorth;ana\r\n;\r\nsouth;"ben, junior"\r\n'],
    ["a row that names nobody", 'region,voter_id\nnorth,ana\nsouth, \nsouth,"ben, junior"\n'],
    ["tabs and carriage returns", "region\tvoter_id\rnorth\tana\r\rsouth\tben, junior"],
    ["UTF-16", Buffer.from("\uFEFFregion\tvoter_id\nnorth\tana\n\nsouth\tben, junior", "utf16le")],
  ])("are read with %s", async (_, file) => {
    const voters = [
      { voterId: "ana", line: 2 },
      { voterId: "ben, junior", line: 4 },
    ];
    expect(await read(file)).toEqual(voters);
    expect(await read(file, 1_000)).toEqual(voters);
  });

  it.each([
    ["no header", "ana\nben\n", "roll.missing_column", "The first line names"],
    ["nothing", "", "roll.missing_column", "The first line names"],
    ["a row too short", "voter_id,region\nana\n", "register.bad_line", "Line 2"],
    [
      "a header too long",
      "x".repeat(limits.rollRowCharactersMax + 1),
      "roll.missing_column",
      "The first line names",
    ],
    [
      "UTF-16 without its mark",
      Buffer.from("voter_id\nana", "utf16le"),
      "roll.unknown_encoding",
      "UTF-16",
    ],
    ["a lost letter in the header", "voter_id,r\uFFFDgion\n", "roll.unknown_encoding", "Line 1"],
    ["a row too long by a field", "voter_id\nana,\n", "register.bad_line", "Line 2"],
    ["a quote not closed", 'voter_id\nana\n"ben\n', "register.bad_line", "Line 3"],
    [
      "a row too long",
      `voter_id\n${"x".repeat(limits.rollRowCharactersMax + 1)}\n`,
      "register.bad_line",
      "Line 2",
    ],
    [
      "Windows-1252",
      Buffer.from("voter_id\nJos\u00e9\n", "latin1"),
      "roll.unknown_encoding",
      "Line 2",
    ],
  ])("are refused where there is %s", async (_, file, code, words) => {
    const detail = expect.stringContaining(words);
    await expect(read(file)).rejects.toMatchObject({ code, detail });
  });

  it("come as they are read, those of the last line too", async () => {
    const rows = readVoterIds(
      (async function* () {
        yield Buffer.from("voter_id\n  \nana\n");
        yield Buffer.from("ben");
      })(),
    );
    expect(await rows.next()).toMatchObject({ value: { voterId: "ana", line: 3 } });
    expect(await rows.next()).toMatchObject({ value: { voterId: "ben", line: 4 } });
    expect(await rows.next()).toMatchObject({ done: true });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readElectorate } from "../../../../src/cli/replay/electorate.ts";
import { readFileVotes } from "../../../../src/cli/replay/file-votes.ts";

const folder = mkdtempSync(join(tmpdir(), "electorate-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("the voters of a file", () => {
  it("are found by their voter_id in whatever spelling a vote names them", async () => {
    const voters = fileOf("voters.csv", "voter_id,region\nZoë Ana,north\nben,south\n");
    const electorate = await readElectorate(voters);
    const text = "roll_call,voter_id,vote\n1,BEN,yes\n1,zoe\u0308  ana,no\n";
    const votes: [voter: number, choice: string][] = [];
    for await (const { voter, choice } of readFileVotes(fileOf("votes.csv", text), electorate))
      votes.push([voter, choice]);
    expect(votes).toEqual([
      [1, "yes"],
      [0, "no"],
    ]);
  });

  it.each([
    ["named twice in two spellings", "ana,north\nANA,south\n", /row 3: ANA is there twice/],
    ["named by what is no voter_id", "an\u200Ba,north\n", /row 2: .* is no voter_id/],
  ])("are refused where one is %s", async (_, rows, message) => {
    const path = fileOf("bad.csv", `voter_id,region\n${rows}`);
    await expect(readElectorate(path)).rejects.toThrow(message);
  });
});

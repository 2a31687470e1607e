import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "../../../../src/cli/command-line/usage-error.ts";
import { votersInFile } from "../../../../src/cli/register/voters-in-file.ts";
import { readCsvRows } from "../../../../src/cli/replay/csv-rows.ts";
import { runRollImport } from "../../../../src/cli/roll/import-roll.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bad-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array, name = "voters.csv"): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const importRoll = (file: string) =>
  runRollImport({
    origin: "http://127.0.0.1:9",
    key: "k",
    decisionId: "d",
    file,
    contentType: "text/csv",
    twins: "refuse",
    ignore: "",
  });

async function readAll(rows: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** The command says this, in one line and as what its user can mend. */
async function expectSentence(work: Promise<unknown>, words: RegExp): Promise<void> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  const { message } = error as UsageError;
  expect(message).toMatch(words);
  expect(message).not.toContain("\n");
}

const commands = {
  roll: importRoll,
  register: (file: string) => readAll(votersInFile(file)),
  replay: (file: string) => readAll(readCsvRows(file, ["voter_id"])),
};

describe.each(Object.entries(commands))(
  "a file that %s can't use is said in a sentence",
  (_, run) => {
    it("where there is none", async () => {
      await expectSentence(run(join(folder, "none.csv")), /^there is no file ".*none\.csv"$/);
    });

    it("where it is a folder", async () => {
      mkdirSync(join(folder, "voters.csv"));
      await expectSentence(
        run(join(folder, "voters.csv")),
        /^".*voters\.csv" is a folder, not a file$/,
      );
    });

    // Root may read everything.
    it.skipIf(process.getuid?.() === 0)("where it may not be read", async () => {
      const file = fileOf("voter_id\nana\n");
      chmodSync(file, 0o000);
      await expectSentence(run(file), /may not be read/);
    });
  },
);

describe.each([
  ["register", commands.register],
  ["replay", commands.replay],
])("a file whose content %s can't use is said in a sentence", (name, run) => {
  it("where it is not gzipped, as its name says", async () => {
    const file = fileOf("voter_id\nana\n", "voters.csv.gz");
    await expectSentence(run(file), /^".*voters\.csv\.gz" can't be read: incorrect header check$/);
  });

  it("where it names no voter_id", async () => {
    const words = name === "register" ? /voters\.csv": The first line names/ : /has no column/;
    await expectSentence(run(fileOf("name\nana\n")), words);
  });

  it("where a row has too few fields", async () => {
    const words = name === "register" ? /": Line 3 is none\.$/ : /can't be read: .* on line 3/;
    await expectSentence(run(fileOf("name,voter_id\nAna,ana\nBen\n")), words);
  });
});

describe("the voters of a register's file", () => {
  it("are read in every form that a roll may have", async () => {
    const file = fileOf(
      Buffer.from("\uFEFFName\tVoter ID\r\nÁna\tána\r\n", "utf16le"),
      "voters.txt",
    );
    expect(await readAll(votersInFile(file))).toEqual(["ána"]);
  });
});

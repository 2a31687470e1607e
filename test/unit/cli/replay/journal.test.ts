import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLineFile } from "../../../../src/cli/command-line/line-file.ts";
import { openJournal } from "../../../../src/cli/replay/journal.ts";

const header = { to: "http://127.0.0.1:8787", prefix: "un" };
const newFile = (): string => join(mkdtempSync(join(tmpdir(), "journal-")), "deep", "file");

test("a replay that is run again finds what was finished, and nothing else", () => {
  const path = newFile();
  const first = openJournal(path, header);
  first.finish("un-3", 57);
  first.finish("un-4", 2);
  first.close();
  const second = openJournal(path, header);
  expect(second.finishedVotes("un-3")).toBe(57);
  expect(second.finishedVotes("un-4")).toBe(2);
  expect(second.finishedVotes("un-5")).toBeUndefined();
  second.close();
});

test("a line torn by a kill counts as not written, and the next one is whole", () => {
  const path = newFile();
  const first = openJournal(path, header);
  first.finish("un-3", 57);
  first.close();
  appendFileSync(path, '{"decision":"un-4","vo');
  const second = openJournal(path, header);
  expect(second.finishedVotes("un-4")).toBeUndefined();
  second.finish("un-5", 1);
  second.close();
  const third = openJournal(path, header);
  expect(third.finishedVotes("un-3")).toBe(57);
  expect(third.finishedVotes("un-5")).toBe(1);
  third.close();
});

test("a journal of another instance or prefix is refused", () => {
  const path = newFile();
  openJournal(path, header).close();
  expect(() => openJournal(path, { ...header, prefix: "eu" })).toThrow("belongs to a replay");
});

test("a torn end longer than the buffer is cut off back to the last whole line", () => {
  const path = newFile();
  const file = openLineFile(path);
  file.append("whole");
  file.close();
  appendFileSync(path, "x".repeat(200_000));
  const again = openLineFile(path);
  again.append("next");
  again.close();
  expect(readFileSync(path, "utf8")).toBe("whole\nnext\n");
});

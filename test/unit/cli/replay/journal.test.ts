import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLineFile } from "../../../../src/cli/command-line/line-file.ts";
import { openJournal } from "../../../../src/cli/replay/journal.ts";

const header = { to: "http://127.0.0.1:8787", prefix: "un" };
const third = { slug: "un-3", decision: "un-3-c", votes: 57 };
const fourth = { slug: "un-4", decision: "un-4-c", votes: 2 };
const fifth = { slug: "un-5", decision: "un-5-c", votes: 1 };
const newFile = (): string => join(mkdtempSync(join(tmpdir(), "journal-")), "deep", "file");

test("a replay that is run again finds what was finished, and nothing else", () => {
  const path = newFile();
  const first = openJournal(path, header);
  first.finish(third);
  first.finish(fourth);
  first.close();
  const second = openJournal(path, header);
  expect(second.finished("un-3")).toEqual(third);
  expect(second.finished("un-4")).toEqual(fourth);
  expect(second.finished("un-5")).toBeUndefined();
  second.close();
});

test("a line torn by a kill counts as not written, and the next one is whole", () => {
  const path = newFile();
  const first = openJournal(path, header);
  first.finish(third);
  first.close();
  appendFileSync(path, '{"slug":"un-4","decision":"un-4-c","vo');
  const second = openJournal(path, header);
  expect(second.finished("un-4")).toBeUndefined();
  second.finish(fifth);
  second.close();
  const last = openJournal(path, header);
  expect(last.finished("un-3")).toEqual(third);
  expect(last.finished("un-5")).toEqual(fifth);
  last.close();
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

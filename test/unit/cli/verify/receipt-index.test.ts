import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ReceiptCheck } from "../../../../src/cli/verify/receipt-check.ts";
import { ReceiptIndex } from "../../../../src/cli/verify/receipt-index.ts";
import { readReceipts } from "../../../../src/cli/verify/read-receipts.ts";

const hash = (digit: string): string => digit.repeat(64);

function receipt(seq: number, digit: string, shard = 0) {
  return {
    decision_id: "d",
    shard,
    seq,
    ballot_hash: hash(digit),
    accepted_at: "2026-01-01T00:00:00.000Z",
  };
}

test("receipts come back by shard in seq order, repeats once, contradictions twice", () => {
  const index = new ReceiptIndex();
  const seqs = Array.from({ length: 300 }, (_, position) => ((position * 7) % 300) + 1);
  for (const seq of [...seqs, 5, 6]) index.add(receipt(seq, "a"));
  index.add(receipt(9, "b"));
  index.add(receipt(1, "c", 3));
  const found = index.ofShard("d", 0);
  expect(found).toHaveLength(301);
  expect(found.map(({ seq }) => seq)).toEqual(
    found.map(({ seq }) => seq).toSorted((a, b) => (a ?? 0) - (b ?? 0)),
  );
  expect(found.filter(({ seq }) => seq === 9).map(({ ballotHash }) => ballotHash)).toEqual([
    hash("a"),
    hash("b"),
  ]);
  expect(index.ofShard("d", 3)).toEqual([{ shard: 3, seq: 1, ballotHash: hash("c") }]);
  expect(index.shardsOf("d")).toEqual([0, 3]);
  expect(index.ofShard("other", 0)).toEqual([]);
});

test("a log that holds every acknowledged ballot satisfies its receipts", () => {
  const check = new ReceiptCheck([
    { shard: 0, seq: 2, ballotHash: hash("b") },
    { shard: 0, seq: 3, ballotHash: hash("c") },
  ]);
  for (const [seq, digit] of [
    [1, "a"],
    [2, "b"],
    [3, "c"],
    [4, "d"],
  ] as const)
    expect(check.pass({ seq, ballot_hash: hash(digit) })).toEqual([]);
  expect(check.end()).toEqual([]);
  expect(check.checked).toBe(2);
});

test("an acknowledged ballot that is another one now, or is beyond the log's end, is reported with its place", () => {
  const check = new ReceiptCheck([
    { shard: 4, seq: 1, ballotHash: hash("a") },
    { shard: 4, seq: 9, ballotHash: hash("e") },
  ]);
  expect(check.pass({ seq: 1, ballot_hash: hash("f") })).toEqual([
    {
      where: "shard 4, seq 1",
      expected: `the acknowledged ballot ${hash("a")}`,
      actual: `seq 1, ballot ${hash("f")}`,
    },
  ]);
  expect(check.end()).toMatchObject([{ where: "shard 4, seq 9", actual: "no such ballot" }]);
});

test("a last line that was being written when its writer died is left out; any other broken line is refused", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "receipts-")), "receipts.ndjson");
  const lines = [receipt(1, "a"), { ...receipt(1, "b"), decision_id: "e" }].map((each) =>
    JSON.stringify(each),
  );
  writeFileSync(file, `${lines.join("\n")}\n{"decision_id":"d","sha`);
  expect((await readReceipts([file], null)).size).toBe(2);
  expect((await readReceipts([file], "e")).size).toBe(1);
  appendFileSync(file, "\n");
  await expect(readReceipts([file], null)).rejects.toThrow("line 3 is not a receipt");
});

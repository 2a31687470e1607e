import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ReceiptCheck } from "../../../../src/cli/verify/receipt-check.ts";
import { ReceiptIndex } from "../../../../src/cli/verify/receipt-index.ts";
import { readReceipts } from "../../../../src/cli/verify/read-receipts.ts";

const hash = (digit: string): string => digit.repeat(64);

function receipt(digit: string) {
  return {
    decision_id: "d",
    ballot_hash: hash(digit),
    r: hash("1"),
    u: hash("2"),
    c: hash("3"),
    key_id: "k1",
    signature: "A".repeat(86),
  };
}

test("the hashes of receipts come back by decision, each once however often it was acknowledged", () => {
  const index = new ReceiptIndex();
  const all = Array.from({ length: 300 }, (_, at) => at.toString(16).padStart(64, "0"));
  for (const ballot_hash of [...all, ...all.slice(0, 9)])
    index.add({ decision_id: "d", ballot_hash });
  index.add({ decision_id: "e", ballot_hash: hash("c") });
  expect([...index.hashesOf("d")]).toEqual(all);
  expect([...index.hashesOf("e")]).toEqual([hash("c")]);
  expect(index.hashesOf("other").size).toBe(0);
  expect([index.countOf("d"), index.countOf("e"), index.size]).toEqual([309, 1, 310]);
  expect([...index.decisions]).toEqual(["d", "e"]);
});

test("logs that hold every acknowledged ballot satisfy the receipts, in whichever order", () => {
  const check = new ReceiptCheck(new Set([hash("b"), hash("c")]));
  for (const digit of ["a", "c", "b", "d"]) check.pass(hash(digit));
  expect([...check.end("d")]).toEqual([]);
  expect(check.checked).toBe(2);
});

test("an acknowledged ballot that is in no log is reported by its hash", () => {
  const check = new ReceiptCheck(new Set([hash("a"), hash("e")]));
  check.pass(hash("a"));
  expect([...check.end("d")]).toEqual([
    {
      kind: "wrong",
      decision: "d",
      layer: "receipts",
      where: `ballot ${hash("e")}`,
      expected: "the acknowledged ballot",
      actual: "no such ballot",
    },
  ]);
  expect(check.checked).toBe(2);
});

test("a last line that was being written when its writer died is left out; any other broken line is refused", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "receipts-")), "receipts.ndjson");
  const lines = [receipt("a"), { ...receipt("b"), decision_id: "e" }].map((each) =>
    JSON.stringify(each),
  );
  writeFileSync(file, `${lines.join("\n")}\n{"decision_id":"d","sha`);
  expect((await readReceipts([file], null)).size).toBe(2);
  expect((await readReceipts([file], "e")).size).toBe(1);
  appendFileSync(file, "\n");
  await expect(readReceipts([file], null)).rejects.toThrow("line 3 is not a receipt");
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { receiptText } from "../../../../src/web/ballot/receipt-text.ts";
import { vectorKey, vectorReceipt, vectorVote } from "../../../support/vector-receipt.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-receipt-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(new URL("../../../../docs/receipts.md", import.meta.url), "utf8");
const script = /```js\n([\s\S]*?)```/.exec(page)?.[1];

/** What the script of docs/receipts.md says of a downloaded receipt. */
function check(text: string): string[] {
  if (script === undefined) throw new Error("docs/receipts.md has no script");
  writeFileSync(join(folder, "check.mjs"), script);
  writeFileSync(join(folder, "receipt.txt"), text);
  const paths = [join(folder, "check.mjs"), join(folder, "receipt.txt")];
  return execFileSync(process.execPath, paths, { encoding: "utf8" }).trim().split("\n");
}

const { choice, nonce } = vectorVote;
const text = receiptText(
  { choice, nonce, receipt: vectorReceipt, publicKey: vectorKey.x },
  "Shall it be: yes?",
);

test("the script of docs/receipts.md finds a downloaded receipt good", () => {
  expect(check(text)).toEqual(["the hash is of my choice", "the signature is good"]);
});

test("the script of docs/receipts.md notices another choice and another hash", () => {
  const otherChoice = text.replace("Choice: yes", "Choice: no");
  expect(check(otherChoice)).toEqual(["the hash is NOT of my choice", "the signature is good"]);
  const otherHash = text.replace(vectorReceipt.ballot_hash, "00".repeat(32));
  expect(check(otherHash)).toEqual(["the hash is NOT of my choice", "the signature is NOT good"]);
});

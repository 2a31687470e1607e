import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { batchReceiptSchema } from "../../http/contract/voting.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { ReceiptIndex } from "./receipt-index.ts";

/** Reads files of receipts (NDJSON), all of them or those of one decision. */
export async function readReceipts(
  paths: readonly string[],
  onlyDecision: string | null,
): Promise<ReceiptIndex> {
  const index = new ReceiptIndex();
  for (const path of paths) {
    if (!existsSync(path)) throw new UsageError(`${path} does not exist`);
    let line = 0;
    for await (const text of wholeLines(path)) {
      line += 1;
      const receipt = batchReceiptSchema.safeParse(parseJson(text));
      if (!receipt.success) throw new UsageError(`${path} line ${line} is not a receipt`);
      if (onlyDecision === null || receipt.data.decision_id === onlyDecision)
        index.add(receipt.data);
    }
  }
  return index;
}

/** The lines of a file, without a last one that lacks its end: its writer died while writing it. */
async function* wholeLines(path: string): AsyncGenerator<string> {
  let endsWhole = true;
  const file = createReadStream(path, "utf8").on("data", (chunk) => {
    endsWhole = chunk.at(-1) === "\n";
  });
  let held: string | null = null;
  for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
    if (held !== null) yield held;
    held = line;
  }
  if (held !== null && endsWhole) yield held;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

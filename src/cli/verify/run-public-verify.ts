import { readFileSync } from "node:fs";
import { NotCertified } from "../../verification/documents.ts";
import { httpSource } from "../../verification/http-source.ts";
import type { PublicationSource } from "../../verification/publication-source.ts";
import type { VerificationProgress } from "../../verification/read-list.ts";
import { checkReceiptInLists, type ReceiptReport } from "../../verification/check-receipt.ts";
import { readReceipt } from "../../verification/receipt-text.ts";
import type { VerifiedPublication } from "../../verification/verification-report.ts";
import { verifyPublished } from "../../verification/verify-published.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { requireFile } from "../command-line/file-fault.ts";
import { startProgress } from "../command-line/progress.ts";
import { exitStatus, UsageError } from "../command-line/usage-error.ts";
import { folderSource, savingSource } from "./folder-source.ts";
import type { PublicVerifyOptions } from "./options.ts";
import { describeFinding, describeReceipt, describeReport } from "./public-words.ts";

/**
 * Verifies a certified decision as anybody can, from an instance or a folder, and prints what was
 * checked, what was not, and what is wrong.
 */
export async function runPublicVerify(options: PublicVerifyOptions): Promise<number> {
  const verified = await verifyFrom(options);
  for (const finding of verified.report.findings) console.log(describeFinding(finding));
  const receipts = await checkReceipts(verified, options.receipts);
  for (const { path, report } of receipts) console.log(describeReceipt(path, report));
  console.log(describeReport(verified.report).join("\n"));
  return statusOf(verified, receipts);
}

async function verifyFrom(options: PublicVerifyOptions): Promise<VerifiedPublication> {
  const { decision, trustedKeys } = options;
  const signal = abortOnSignals();
  const bar = new ListProgress();
  try {
    return await verifyPublished(sourceOf(options, signal), {
      ...(decision === null ? {} : { decisionId: decision }),
      trustedKeys,
      signal,
      onProgress: (progress) => bar.show(progress),
    });
  } catch (error) {
    if (error instanceof NotCertified)
      throw new UsageError("it is not certified yet: there is nothing to verify without a key", {
        cause: error,
      });
    throw error;
  } finally {
    bar.finish();
  }
}

function sourceOf(
  { from, on, decision, save }: PublicVerifyOptions,
  signal: AbortSignal,
): PublicationSource {
  if (from !== null) return folderSource(from);
  if (on === null || decision === null) throw new UsageError("give --on and a decision, or --from");
  const source = httpSource({ origin: on, decisionId: decision, signal });
  return save === null ? source : savingSource(source, save);
}

/** A bar for each list, whose size the outcome has said. */
class ListProgress {
  #bar: ReturnType<typeof startProgress> | null = null;
  #phase = "";
  #rows = 0;

  show({ phase, rows, rowsOf }: VerificationProgress): void {
    if (phase !== "counted" && phase !== "others") return;
    if (phase !== this.#phase) {
      this.finish();
      this.#bar = startProgress(`verify ${phase}`, "rows", rowsOf);
      this.#phase = phase;
      this.#rows = 0;
    }
    this.#bar?.advance(rows - this.#rows);
    this.#rows = rows;
  }

  finish(): void {
    this.#bar?.finish();
    this.#bar = null;
  }
}

interface FileReceipt {
  path: string;
  report: ReceiptReport;
}

async function checkReceipts(
  publication: VerifiedPublication,
  paths: readonly string[],
): Promise<FileReceipt[]> {
  const found: FileReceipt[] = [];
  for (const path of paths) {
    requireFile(path);
    const receipt = readReceipt(readFileSync(path, "utf8"));
    if (receipt === null) throw new UsageError(`"${path}" is not a receipt`);
    found.push({ path, report: await checkReceiptInLists(receipt, publication) });
  }
  return found;
}

function statusOf({ report }: VerifiedPublication, receipts: readonly FileReceipt[]): number {
  const verdicts = receipts.map((one) => one.report.verdict);
  const isGood = (verdict: string) => verdict === "counted" || verdict === "not_counted";
  if (report.verdict === "tampered" || verdicts.some((one) => !isGood(one) && one !== "unknown"))
    return exitStatus.differences;
  return report.verdict === "verified" && verdicts.every(isGood)
    ? exitStatus.ok
    : exitStatus.failed;
}

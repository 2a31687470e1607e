import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import type { ReceiptReport } from "../../verification/check-receipt.ts";
import type { ReadReceipt } from "../../verification/receipt-text.ts";
import { decisionAddress } from "../app/addresses.ts";
import { formatInteger } from "../i18n/format.ts";
import { receiptWords } from "./receipt-words.ts";

export type ReceiptResultProps = { receipt: ReadReceipt; report: ReceiptReport };

/** What a receipt came to, and where its vote stands. */
export function ReceiptResult({ receipt, report }: ReceiptResultProps) {
  const { i18n } = useLingui();
  const { title, text, tone } = receiptWords(i18n, report, receipt);
  const { verdict, list, row } = report;
  const number = row === null ? "" : formatInteger(i18n, row);
  return (
    <section className="verify-result" data-tone={tone} aria-labelledby="receipt-result">
      <h2 id="receipt-result">{title}</h2>
      <p>{text}</p>
      <p>
        <code>{receipt.ballotHash}</code>
      </p>
      {verdict !== "unknown" && list === "counted" && row !== null ? (
        // The number stands in the fragment, which is sent to nobody.
        <Link
          className="button quiet"
          href={`${decisionAddress(receipt.decisionId, "votes")}#vote=${row}`}
        >
          <Trans>Show it in the list: number {number}</Trans>
        </Link>
      ) : null}
    </section>
  );
}

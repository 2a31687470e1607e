import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useState, type SyntheticEvent } from "react";
import { readReceipt, type ReadReceipt } from "../../verification/receipt-text.ts";
import { readDecision } from "./read-decision.ts";
import { ReceiptField } from "./receipt-field.tsx";

/** What is to be verified: a decision, and a receipt of it where somebody has one. */
export interface VerificationRequest {
  decisionId: string;
  receipt: { text: string; read: ReadReceipt } | null;
  /** Public keys that somebody has from elsewhere: one of them must have signed. */
  trustedKeys: string[];
}

export type VerifyFormProps = {
  /** As the address names it; empty where it does not. */
  decision: string;
  isBusy: boolean;
  onVerify: (request: VerificationRequest) => void;
};

/** Takes a decision and a receipt; a receipt alone names its decision. */
export function VerifyForm({ decision, isBusy, onVerify }: VerifyFormProps) {
  const id = useId();
  const { t } = useLingui();
  const [named, setNamed] = useState(decision);
  const [receiptText, setReceiptText] = useState("");
  const [keyText, setKeyText] = useState("");
  const [decisionFault, setDecisionFault] = useState<string | null>(null);
  const [receiptFault, setReceiptFault] = useState<string | null>(null);
  // A receipt's QR code is a link to this page: its fragment is sent to nobody, and not kept here.
  useEffect(() => {
    if (readReceipt(location.hash) === null) return;
    setReceiptText(location.href);
    history.replaceState(history.state, "", location.pathname + location.search);
  }, []);

  const verify = (event: SyntheticEvent): void => {
    event.preventDefault();
    const receipt = readReceipt(receiptText);
    const isReceiptWrong = receiptText.trim() !== "" && receipt === null;
    const wanted = named.trim() === "" ? (receipt?.decisionId ?? "") : named;
    const found = readDecision(wanted, location.origin);
    const site = found?.elsewhere ?? null;
    setDecisionFault(
      found === null
        ? t`Enter the decision’s address or id.`
        : site === null
          ? null
          : t`This decision is at ${site}: check it on the page of that site.`,
    );
    setReceiptFault(
      isReceiptWrong
        ? t`This is no whole receipt: copy all of its first part, from “Question” on.`
        : null,
    );
    if (found === null || site !== null || isReceiptWrong) return;
    const key = keyText.trim();
    onVerify({
      decisionId: found.id,
      receipt: receipt === null ? null : { text: receiptText, read: receipt },
      trustedKeys: key === "" ? [] : [key],
    });
  };
  return (
    <form className="verify-form" onSubmit={verify} noValidate>
      <div className="verify-decision">
        <label htmlFor={id}>
          <Trans>Decision: its address or id</Trans>
        </label>
        <input
          id={id}
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={named}
          aria-invalid={decisionFault !== null}
          aria-describedby={`${id}-fault`}
          onChange={({ target }) => setNamed(target.value)}
        />
        <p id={`${id}-fault`} className="field-fault" role="status">
          {decisionFault}
        </p>
      </div>
      <ReceiptField
        value={receiptText}
        fault={receiptFault}
        onValue={(text) => {
          setReceiptFault(null);
          setReceiptText(text);
        }}
      />
      <details className="verify-key">
        <summary>
          <Trans>I have the public key from elsewhere</Trans>
        </summary>
        <label htmlFor={`${id}-key`}>
          <Trans>Public key</Trans>
        </label>
        <input
          id={`${id}-key`}
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={keyText}
          onChange={({ target }) => setKeyText(target.value)}
        />
      </details>
      <button className="button strong" disabled={isBusy}>
        <Trans>Check</Trans>
      </button>
    </form>
  );
}

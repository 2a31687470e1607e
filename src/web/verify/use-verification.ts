import { useCallback, useEffect, useRef, useState } from "react";
import type { ReceiptReport } from "../../verification/check-receipt.ts";
import type { VerificationProgress } from "../../verification/read-list.ts";
import type { ReadReceipt } from "../../verification/receipt-text.ts";
import type { VerificationReport } from "../../verification/verify-published.ts";
import type { VerificationRequest } from "./verify-form.tsx";

export interface VerificationAnswer {
  report: VerificationReport;
  receipt: ReadReceipt | null;
  receiptReport: ReceiptReport | null;
}

export type VerificationState =
  | { phase: "idle" }
  | { phase: "running"; progress: VerificationProgress | null }
  | { phase: "done"; answer: VerificationAnswer }
  /** `code` is the API's, `not_certified`, or `unreachable`. */
  | { phase: "failed"; code: string; request: VerificationRequest };

export interface VerificationRun {
  state: VerificationState;
  verify: (request: VerificationRequest) => void;
  cancel: () => void;
}

/** Runs verifications in a Web Worker, one at a time. */
export function useVerification(): VerificationRun {
  const [state, setState] = useState<VerificationState>({ phase: "idle" });
  const stopping = useRef<AbortController | null>(null);
  const verify = useCallback((request: VerificationRequest) => {
    const stop = new AbortController();
    stopping.current?.abort();
    stopping.current = stop;
    setState({ phase: "running", progress: null });
    const show = (next: VerificationState): void => {
      if (!stop.signal.aborted) setState(next);
    };
    void answerOf(request, stop.signal, (progress) => show({ phase: "running", progress })).then(
      (answer) => show({ phase: "done", answer }),
      (error: unknown) => show({ phase: "failed", code: failureCode(error), request }),
    );
  }, []);
  const cancel = useCallback(() => {
    stopping.current?.abort();
    setState({ phase: "idle" });
  }, []);
  useEffect(() => () => stopping.current?.abort(), []);
  return { state, verify, cancel };
}

async function answerOf(
  { decisionId, receipt }: VerificationRequest,
  signal: AbortSignal,
  onProgress: (progress: VerificationProgress) => void,
): Promise<VerificationAnswer> {
  const { openVerification } = await import("../verification/run-verification.ts");
  const verification = openVerification();
  try {
    const report = await verification.verify({ decisionId, signal, onProgress });
    const receiptReport = receipt === null ? null : await verification.checkReceipt(receipt);
    return { report, receipt, receiptReport };
  } finally {
    verification.close();
  }
}

function failureCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unreachable";
}

import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import type { ReceiptReport } from "../../verification/check-receipt.ts";
import type { VerificationProgress } from "../../verification/read-list.ts";
import type { ReadReceipt } from "../../verification/receipt-text.ts";
import type { VerificationReport } from "../../verification/verification-report.ts";
import type { VerificationFailure, VerificationTask } from "../verification/messages.ts";
import type { RunningVerification } from "../verification/run-verification.ts";
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
  /** `code` is the API's, `not_certified`, `unreachable`, or `broken`. */
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
      // A result is much to draw: it may be drawn in parts.
      if (!stop.signal.aborted) startTransition(() => setState(next));
    };
    void answerOf(request, stop.signal, (progress) => show({ phase: "running", progress })).then(
      (answer) => show({ phase: "done", answer }),
      (error: unknown) => show({ phase: "failed", code: codeOfFailure(error), request }),
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
  { decisionId, receipt, trustedKeys }: VerificationRequest,
  signal: AbortSignal,
  onProgress: (progress: VerificationProgress) => void,
): Promise<VerificationAnswer> {
  const running = await startOnThread(
    { origin: location.origin, decisionId, trustedKeys },
    onProgress,
  );
  signal.addEventListener("abort", () => running.close());
  try {
    signal.throwIfAborted();
    const report = await running.report;
    const receiptReport =
      receipt === null ? null : await running.ask("receipt", { text: receipt.text });
    return { report, receipt: receipt?.read ?? null, receiptReport };
  } finally {
    running.close();
  }
}

async function startOnThread(
  task: VerificationTask,
  onProgress: (progress: VerificationProgress) => void,
): Promise<RunningVerification> {
  const { startVerification } = await import("../verification/run-verification.ts");
  const { startVerificationWorker } = await import("../verification/start-worker.ts");
  return startVerification({ worker: startVerificationWorker(), task, onProgress });
}

function codeOfFailure(error: unknown): string {
  const failure =
    error instanceof Error && error.name === "VerificationEnded" && "failure" in error
      ? (error.failure as VerificationFailure)
      : null;
  if (failure === null) return "broken";
  return failure.reason === "unreadable" ? failure.code : failure.reason;
}

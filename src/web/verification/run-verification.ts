import type { VerificationProgress } from "../../verification/read-list.ts";
import type { VerificationReport } from "../../verification/verification-report.ts";
import type {
  QueryName,
  VerificationFailure,
  VerificationMessage,
  VerificationOrder,
  VerificationQueries,
  VerificationTask,
} from "./messages.ts";

/** As much of a Web Worker as is used; a test has one without a thread. */
export interface VerificationWorker {
  postMessage(order: VerificationOrder, transfer: ArrayBuffer[]): void;
  terminate(): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<VerificationMessage>) => void,
  ): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

/** A verification that ended without a report. */
export class VerificationEnded extends Error {
  override readonly name = "VerificationEnded";
  readonly failure: VerificationFailure;

  constructor(failure: VerificationFailure) {
    super(`the verification ended: ${failure.reason}`);
    this.failure = failure;
  }
}

/** A verification in its worker. */
export interface RunningVerification {
  /** @throws {VerificationEnded} it was closed, or could not be read */
  report: Promise<VerificationReport>;
  /** Asks of what was read; only after the report. @throws {Error} where it is too early */
  ask<Name extends QueryName>(
    name: Name,
    ask: VerificationQueries[Name]["ask"],
  ): Promise<VerificationQueries[Name]["answer"]>;
  /** Ends the worker, and gives its memory back. */
  close(): void;
}

/** What is verified, where, and who is told how far it is. */
export interface VerificationStart {
  /** A worker of `verification-worker.ts`, made by whoever may make workers. */
  worker: VerificationWorker;
  task: VerificationTask;
  onProgress?: (progress: VerificationProgress) => void;
}

type Answers = VerificationQueries[QueryName]["answer"];
type Waiting = { resolve: (answer: Answers) => void; reject: (error: Error) => void };

/** Starts a verification in a worker, so that the page's own thread is free. */
export function startVerification({
  worker,
  task,
  onProgress,
}: VerificationStart): RunningVerification {
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  const { promise: report, resolve, reject } = Promise.withResolvers<VerificationReport>();
  // Whoever asks for the report hears of its failure; nobody has to.
  report.catch(() => {});
  const fail = (error: Error): void => {
    reject(error);
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  const send = (order: VerificationOrder): void => worker.postMessage(order, []);
  worker.addEventListener("message", ({ data }) => {
    if (data.type === "progress") onProgress?.(data.progress);
    else if (data.type === "report") resolve(data.report);
    else if (data.type === "failure") fail(new VerificationEnded(data.failure));
    else {
      const asked = waiting.get(data.request);
      waiting.delete(data.request);
      if (data.type === "answer") asked?.resolve(data.answer);
      else asked?.reject(new Error(data.message));
    }
  });
  worker.addEventListener("error", ({ message }) => {
    fail(new VerificationEnded({ reason: "broken", message }));
  });
  send({ type: "start", task });
  return {
    report,
    ask<Name extends QueryName>(name: Name, ask: VerificationQueries[Name]["ask"]) {
      requests += 1;
      const request = requests;
      const answer = new Promise<Answers>((settle, refuse) => {
        waiting.set(request, { resolve: settle, reject: refuse });
      });
      // The name says which question it is.
      send({ type: "query", request, name, ask } as VerificationOrder);
      return answer;
    },
    close: () => {
      worker.terminate();
      fail(new VerificationEnded({ reason: "cancelled" }));
    },
  };
}

import { FileRefused } from "./file-refused.ts";
import type {
  RollOrder,
  RollQuestion,
  RollQuestions,
  RollWorkerMessage,
} from "./roll-worker-messages.ts";

/** As much of a Web Worker as is used; a test has one without a thread. */
export interface RollWorkerThread {
  postMessage(order: RollOrder, transfer: ArrayBuffer[]): void;
  terminate(): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<RollWorkerMessage>) => void,
  ): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

/** Reads files in a worker, so that the page's own thread is free. */
export interface RollReader {
  /** @throws {FileRefused} */
  ask<Name extends RollQuestion>(
    name: Name,
    ask: RollQuestions[Name]["ask"],
    onProgress?: (share: number) => void,
  ): Promise<RollQuestions[Name]["answer"]>;
  /** Ends the worker, and gives its memory back. */
  close(): void;
}

type Answers = RollQuestions[RollQuestion]["answer"];
interface Waiting {
  resolve: (answer: Answers) => void;
  reject: (error: Error) => void;
  onProgress: ((share: number) => void) | undefined;
}

/** @param worker of `roll-worker.ts`, made by whoever may make workers */
export function rollReader(worker: RollWorkerThread): RollReader {
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  const settle = (request: number): Waiting | undefined => {
    const one = waiting.get(request);
    waiting.delete(request);
    return one;
  };
  worker.addEventListener("message", ({ data }) => {
    if (data.type === "progress") waiting.get(data.request)?.onProgress?.(data.share);
    else if (data.type === "answer") settle(data.request)?.resolve(data.answer);
    else settle(data.request)?.reject(new FileRefused(data.failure));
  });
  const failAll = (message: string): void => {
    for (const { reject } of waiting.values()) {
      reject(new FileRefused({ reason: "broken", message }));
    }
    waiting.clear();
  };
  worker.addEventListener("error", ({ message }) => failAll(message));
  return {
    ask(name, ask, onProgress) {
      requests += 1;
      const request = requests;
      return new Promise((resolve, reject) => {
        // The name says which answer it is.
        const settleWith = resolve as (answer: Answers) => void;
        waiting.set(request, { resolve: settleWith, reject, onProgress });
        worker.postMessage({ request, name, ask } as RollOrder, []);
      });
    },
    close() {
      worker.terminate();
      failAll("closed");
    },
  };
}

import { FileRefused } from "./file-refused.ts";
import { RollFileSession } from "./roll-file-session.ts";
import type { RollOrder, RollWorkerMessage } from "./roll-worker-messages.ts";

/** As much of a dedicated worker's scope as is used; the page's own types are of a window. */
interface WorkerScope {
  postMessage(message: RollWorkerMessage, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<RollOrder>) => void): void;
}

// This file is the entry of a dedicated worker and of nothing else.
const scope = globalThis as unknown as WorkerScope;
const session = new RollFileSession();

async function take(order: RollOrder): Promise<void> {
  const { request } = order;
  try {
    const answer = await session.answer(order, (share) =>
      scope.postMessage({ type: "progress", request, share }, []),
    );
    scope.postMessage({ type: "answer", request, answer }, []);
  } catch (error) {
    const failure =
      error instanceof FileRefused
        ? error.failure
        : { reason: "broken" as const, message: String(error) };
    scope.postMessage({ type: "failure", request, failure }, []);
  }
}

scope.addEventListener("message", ({ data }) => {
  void take(data);
});

import type { VerificationOrder } from "./messages.ts";
import { VerificationSession, type PostToPage } from "./verification-session.ts";

/** As much of a dedicated worker's scope as is used; the page's own types are of a window. */
interface WorkerScope {
  postMessage: PostToPage;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<VerificationOrder>) => void,
  ): void;
}

// This file is the entry of a dedicated worker and of nothing else.
const scope = globalThis as unknown as WorkerScope;
const session = new VerificationSession((message, transfer) => {
  scope.postMessage(message, transfer);
});
scope.addEventListener("message", ({ data }) => {
  void session.take(data);
});

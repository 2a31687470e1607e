import { checkReceiptInLists } from "../../verification/check-receipt.ts";
import { NotCertified } from "../../verification/documents.ts";
import { httpSource } from "../../verification/http-source.ts";
import { SourceError, type PublicationSource } from "../../verification/publication-source.ts";
import { readReceipt } from "../../verification/receipt-text.ts";
import type { VerificationProgress } from "../../verification/read-list.ts";
import type { VerifiedPublication } from "../../verification/verification-report.ts";
import { verifyPublished } from "../../verification/verify-published.ts";
import {
  rowsMax,
  type QueryName,
  type VerificationFailure,
  type VerificationMessage,
  type VerificationOrder,
  type VerificationQueries,
  type VerificationTask,
} from "./messages.ts";

/** Sends a message to the page; what is transferred is gone here. */
export type PostToPage = (message: VerificationMessage, transfer?: ArrayBuffer[]) => void;

type OpenSource = (task: VerificationTask) => PublicationSource;

/** What the worker does: one verification, and answers from what it has read. */
export class VerificationSession {
  readonly #post: PostToPage;
  readonly #open: OpenSource;
  #verified: VerifiedPublication | null = null;

  constructor(
    post: PostToPage,
    open: OpenSource = ({ origin, decisionId }) => httpSource({ origin, decisionId }),
  ) {
    this.#post = post;
    this.#open = open;
  }

  /** Takes what the page orders; resolves when it is done. */
  async take(order: VerificationOrder): Promise<void> {
    if (order.type === "start") await this.#run(order.task);
    else await this.#answer(order);
  }

  async #run(task: VerificationTask): Promise<void> {
    const { decisionId, trustedKeys } = task;
    try {
      const verified = await verifyPublished(this.#open(task), {
        decisionId,
        trustedKeys,
        onProgress: (progress) => this.#tell(progress),
      });
      this.#verified = verified;
      this.#post({ type: "report", report: verified.report });
    } catch (error) {
      this.#post({ type: "failure", failure: failureOf(error) });
    }
  }

  #tell(progress: VerificationProgress): void {
    this.#post({ type: "progress", progress });
  }

  async #answer(order: Extract<VerificationOrder, { type: "query" }>): Promise<void> {
    const { request } = order;
    if (this.#verified === null) {
      this.#post({ type: "refusal", request, message: "nothing was read yet" });
      return;
    }
    try {
      const answer = await answerOf(this.#verified, order);
      const isColumn = answer instanceof Uint32Array && answer.buffer instanceof ArrayBuffer;
      this.#post({ type: "answer", request, answer }, isColumn ? [answer.buffer] : []);
    } catch (error) {
      this.#post({ type: "refusal", request, message: String(error) });
    }
  }
}

async function answerOf(
  publication: VerifiedPublication,
  { name, ask }: Extract<VerificationOrder, { type: "query" }>,
): Promise<VerificationQueries[QueryName]["answer"]> {
  const { index } = publication;
  switch (name) {
    case "rowsAt":
      return index.rowsAt(ask.indices.subarray(0, rowsMax));
    case "filter":
      return index.select(ask);
    default: {
      const receipt = readReceipt(ask.text);
      return receipt === null ? null : checkReceiptInLists(receipt, publication);
    }
  }
}

function failureOf(error: unknown): VerificationFailure {
  if (error instanceof NotCertified) return { reason: "not_certified" };
  if (error instanceof SourceError) return { reason: "unreadable", code: error.code };
  return { reason: "broken", message: String(error) };
}

import { growingDelayMs } from "../shared/backoff.ts";
import { limits } from "../shared/limits.ts";
import { packBySize } from "./pack-by-size.ts";
import { encodeDeadLetter } from "./dead-letter.ts";
import type { DeadLetter } from "../database/database.ts";
import { signText, type LogSignature } from "./signed-text.ts";
import type { DeadLetters, VoteLog } from "./vote-log.ts";
import { currentTraceparent, inChildSpan } from "../telemetry/traces/trace-scope.ts";
import { prefixTrace, sending } from "./traced-text.ts";
import { encodeRecord } from "./vote-record.ts";

/**
 * The part of a Cloudflare Queue that is used: one send of several messages, durable when it
 * returns.
 */
export type QueueSender<Body> = {
  sendBatch(messages: { body: Body; contentType?: "text" | "json" }[]): Promise<unknown>;
};

/** The vote log on Cloudflare Queues: a record a message, as text. */
export function queueVoteLog(queue: QueueSender<string>, signature: LogSignature): VoteLog {
  return {
    async publish(records) {
      const texts = records.map((record) => signText(signature, encodeRecord(record)));
      await inChildSpan("publish", sending("cloudflare_queues"), () => sendTexts(queue, texts));
    },
  };
}

/** Sends texts as messages, beside each the span that sends it, where that is recorded. */
export async function sendTexts(
  queue: QueueSender<string>,
  texts: readonly string[],
): Promise<void> {
  const trace = currentTraceparent();
  for (const send of packBySize(texts))
    await queue.sendBatch(
      send.map((text) => ({ body: prefixTrace(text, trace), contentType: "text" })),
    );
}

/** Dead letters on a queue of their own, from which the Worker keeps them in the database. */
export function queueDeadLetters(queue: QueueSender<string>, signature: LogSignature): DeadLetters {
  return {
    async put(deadLetters: readonly DeadLetter[]) {
      for (const send of packBySize(
        deadLetters.map((each) => signText(signature, encodeDeadLetter(each))),
      )) {
        await queue.sendBatch(send.map((body) => ({ body, contentType: "text" })));
      }
    },
  };
}

/**
 * How long a message waits after its n-th delivery failed (n from 1), in whole seconds, as Queues
 * takes it.
 */
export function redeliveryDelaySeconds(attempts: number): number {
  const bounds = { firstMs: limits.queueRetryDelayMsFirst, maxMs: limits.queueRetryDelayMsMax };
  return growingDelayMs(attempts, bounds) / 1_000;
}

import { limits } from "../limits.ts";
import type { DeadLetter, DeadLetters, VoteLog } from "./vote-log.ts";
import { encodeRecord } from "./vote-record.ts";

/** The part of a Cloudflare Queue that is used: one send of several messages, durable when it returns. */
type QueueSender<Body> = {
  sendBatch(messages: { body: Body; contentType?: "text" | "json" }[]): Promise<unknown>;
};

/** The vote log on Cloudflare Queues: a record a message, as text. */
export function queueVoteLog(queue: QueueSender<string>): VoteLog {
  return {
    async publish(records) {
      for (const send of packBySize(records.map(encodeRecord))) {
        await queue.sendBatch(send.map((body) => ({ body, contentType: "text" })));
      }
    },
  };
}

/** Dead letters on a queue of their own, from which the Worker keeps them in the database. */
export function queueDeadLetters(queue: QueueSender<string>): DeadLetters {
  return {
    async put(letters: readonly DeadLetter[]) {
      for (const send of packBySize(letters.map((letter) => JSON.stringify(letter)))) {
        await queue.sendBatch(send.map((body) => ({ body, contentType: "text" })));
      }
    },
  };
}

/** Groups texts, in order, into sends within the queue's limits of messages and bytes. */
export function packBySize(texts: readonly string[]): string[][] {
  const sends: string[][] = [];
  let send: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = new TextEncoder().encode(text).byteLength;
    const isFull = send.length >= limits.publishRecordsMax || bytes + size > limits.publishBytesMax;
    if (isFull && send.length > 0) {
      sends.push(send);
      send = [];
      bytes = 0;
    }
    send.push(text);
    bytes += size;
  }
  if (send.length > 0) sends.push(send);
  return sends;
}

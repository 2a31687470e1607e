import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { decodeDeadLetter } from "../../../src/vote-log/dead-letter.ts";
import {
  queueDeadLetters,
  queueVoteLog,
  redeliveryDelaySeconds,
} from "../../../src/vote-log/queue.ts";
import { readSignedText } from "../../../src/vote-log/signed-text.ts";
import { decodeRecord } from "../../../src/vote-log/vote-record.ts";
import {
  ownSignature,
  sampleDeadLetter,
  sampleRun,
} from "../../support/vote-log/sample-records.ts";
import {
  distinctBySeq,
  holdsTheVoteLogContract,
} from "../../support/vote-log/vote-log-contract.ts";

/** A queue that keeps what is sent to it, a list a send, and refuses more than one may carry. */
function keepingQueue() {
  const sends: string[][] = [];
  return {
    sends,
    async sendBatch(messages: { body: string; contentType?: "text" | "json" }[]) {
      const bytes = messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
      if (messages.length === 0 || messages.length > limits.publishRecordsMax || bytes > 256_000)
        throw new Error("not a send that the platform takes");
      if (messages.some(({ contentType }) => contentType !== "text"))
        throw new Error("a text would come as JSON");
      sends.push(messages.map(({ body }) => body));
    },
  };
}

const read = (text: string): string => readSignedText(ownSignature, text);

holdsTheVoteLogContract("a queue that keeps its messages", async () => {
  const queue = keepingQueue();
  return {
    log: queueVoteLog(queue, ownSignature),
    async delivered({ decisionId, shard }) {
      const records = queue.sends.flat().map((text) => decodeRecord(read(text)));
      const ofShard = records.filter(
        (record) => record.decisionId === decisionId && record.shard === shard,
      );
      return distinctBySeq(ofShard.flatMap(({ ballots }) => ballots));
    },
  };
});

describe("dead letters on a queue", () => {
  it("are messages of their own, signed, in sends of bounded size", async () => {
    const queue = keepingQueue();
    const count = limits.publishRecordsMax + 1;
    const deadLetters = sampleRun(1, count).map(({ seq }) => sampleDeadLetter("delta", seq));
    await queueDeadLetters(queue, ownSignature).put(deadLetters);
    expect(queue.sends.map(({ length }) => length)).toEqual([limits.publishRecordsMax, 1]);
    expect(queue.sends.flat().map((text) => decodeDeadLetter(read(text)))).toEqual(deadLetters);
  });
});

describe("a message that could not be written", () => {
  it("comes again later each time, a minute later at most", () => {
    expect([1, 2, 3, 4, 5, 100].map(redeliveryDelaySeconds)).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it("stays in its queue until its shard sends the ballots again, so that a copy is always on its way", () => {
    const settings = readFileSync("wrangler.toml", "utf8");
    const retries = [...settings.matchAll(/max_retries = (\d+)/g)].map(([, count]) =>
      Number(count),
    );
    // The votes' queue, the dead letters' and that of the index, of production and of staging.
    expect(retries).toHaveLength(6);
    for (const count of retries) {
      const waits = Array.from({ length: count }, (_, index) => redeliveryDelaySeconds(index + 1));
      const inQueueMs = waits.reduce((sum, seconds) => sum + 1_000 * seconds, 0);
      expect(inQueueMs).toBeGreaterThan(limits.republishDelayMsMax);
    }
  });
});

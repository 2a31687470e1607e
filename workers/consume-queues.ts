import { shardName } from "../src/decision/shard-map.ts";
import { limits } from "../src/limits.ts";
import { writeRecords, type WriterDeps } from "../src/vote-log/vote-writer.ts";
import { readDeadLetter } from "../src/vote-log/dead-letter.ts";
import { databaseOf, deadLettersOf } from "./composition.ts";
import { reportFailure } from "./report-failure.ts";

/** Consumes a batch of a queue. Messages are acknowledged together, once all of them are durable elsewhere; otherwise they come again. */
export async function consumeQueue(batch: MessageBatch<string>, env: Env): Promise<void> {
  try {
    const texts = batch.messages.map((message) => message.body);
    if (batch.queue === "votes-dlq") {
      await databaseOf(env).keepDeadLetters(texts.map((text) => readDeadLetter(text, Date.now())));
    } else {
      await writeRecords(writerDeps(env), texts);
    }
    batch.ackAll();
  } catch (error) {
    // Without the number of messages: in a log it would tell how many vote.
    reportFailure("writer.waits", error, { queue: batch.queue });
    batch.retryAll({ delaySeconds: limits.writerRetryDelaySeconds });
  }
}

function writerDeps(env: Env): WriterDeps {
  return {
    store: databaseOf(env),
    deadLetters: deadLettersOf(env),
    async confirm({ decisionId, shard }, appliedSeq) {
      try {
        await env.BALLOT_SHARD.getByName(shardName(decisionId, shard)).confirm(appliedSeq);
      } catch (error) {
        reportFailure("writer.confirm_failed", error, { decision: decisionId, shard });
      }
    },
    now: () => Date.now(),
  };
}

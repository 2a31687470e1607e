import { redeliveryDelaySeconds } from "../src/vote-log/queue.ts";
import { writeRecords } from "../src/vote-log/write-records.ts";
import { withinJurisdiction } from "../src/platform/objects/jurisdiction.ts";
import { withWriterDependencies } from "../src/platform/writer-dependencies.ts";
import { tellWriterFailure, tellWriterSuccess } from "../src/platform/writer-failures.ts";
import { reportFailure } from "../src/platform/report-failure.ts";

/**
 * Consumes a batch of a queue. Messages are acknowledged together, once all of them are durable
 * elsewhere; otherwise they come again.
 */
export async function consumeQueue(batch: MessageBatch<string>, given: Env): Promise<void> {
  const env = withinJurisdiction(given);
  try {
    const texts = batch.messages.map((message) => message.body);
    await withWriterDependencies(env, (deps) => writeRecords(deps, texts));
    batch.ackAll();
    await tellWriterSuccess(env);
  } catch (error) {
    // Without the number of messages: in a log it would tell how many vote.
    reportFailure("writer.waits", error, { queue: batch.queue });
    await tellWriterFailure(env, error);
    for (const message of batch.messages) {
      message.retry({ delaySeconds: redeliveryDelaySeconds(message.attempts) });
    }
  }
}

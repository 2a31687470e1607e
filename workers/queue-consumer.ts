import { withinJurisdiction } from "../src/platform/objects/jurisdiction.ts";
import { changeReaderOf, indexChanges } from "../src/platform/index-changes.ts";
import { reportFailure } from "../src/platform/report-failure.ts";
import { searchFeedOf } from "../src/platform/search-feed.ts";
import { withWriterDependencies } from "../src/platform/writer-dependencies.ts";
import { tellWriterFailure, tellWriterSuccess } from "../src/platform/writer-failures.ts";
import type { DeliveredChange } from "../src/search/consume-changes.ts";
import { limits } from "../src/shared/limits.ts";
import { tracerOf } from "../src/platform/tracer.ts";
import { traceDelivery } from "../src/telemetry/traces/delivery.ts";
import { splitTrace, type DeliveredText } from "../src/vote-log/traced-text.ts";
import { redeliveryDelaySeconds } from "../src/vote-log/queue.ts";
import { writeRecords } from "../src/vote-log/write-records.ts";

/** A message that says what the search index has to look at again. */
type ChangeMessage = DeliveredMessage & { change: DeliveredChange["change"] };

/** A message, with its text and the span that it was sent in. */
type DeliveredMessage = DeliveredText & { message: Message<string> };

/**
 * Consumes a batch of a queue: changes of the search index, and all else as records of votes. A
 * message says by its form what it is, whatever its queue is named.
 */
export async function consumeQueue(batch: MessageBatch<string>, given: Env): Promise<void> {
  const env = withinJurisdiction(given);
  const changes: ChangeMessage[] = [];
  const records: DeliveredMessage[] = [];
  try {
    const readChange = changeReaderOf(env);
    for (const message of batch.messages) {
      const delivered = { message, ...splitTrace(message.body) };
      const change = readChange(delivered.text);
      if (change === null) records.push(delivered);
      else changes.push({ ...delivered, change });
    }
  } catch (error) {
    reportFailure("writer.waits", error, { queue: batch.queue });
    return retryAll(batch.messages);
  }
  const inTrace = (name: string, messages: readonly DeliveredText[], work: () => Promise<void>) =>
    traceDelivery(
      tracerOf(env),
      { ...processing(name, batch.queue), parents: messages.map(({ parent }) => parent) },
      work,
    );
  await Promise.all([
    records.length > 0 &&
      inTrace("write", records, () => consumeRecords(env, batch.queue, records)),
    changes.length > 0 &&
      inTrace("index", changes, () => consumeChangeMessages(env, batch.queue, changes)),
  ]);
}

function processing(name: string, queue: string) {
  const attributes = {
    "messaging.system": "cloudflare_queues",
    "messaging.operation.type": "process",
    "messaging.destination.name": queue,
  } as const;
  return { name, kind: "consumer", attributes } as const;
}

/** They are acknowledged together, once all are durable elsewhere; otherwise they come again. */
async function consumeRecords(
  env: Env,
  queue: string,
  messages: readonly DeliveredMessage[],
): Promise<void> {
  try {
    const texts = messages.map(({ text }) => text);
    await withWriterDependencies(env, (deps) => writeRecords(deps, texts));
    for (const { message } of messages) message.ack();
    await tellWriterSuccess(env);
  } catch (error) {
    // Without the number of messages: in a log it would tell how many vote.
    reportFailure("writer.waits", error, { queue });
    await tellWriterFailure(env, error);
    retryAll(messages.map(({ message }) => message));
  }
}

/** Those are acknowledged that are in the index or among the dead letters. */
async function consumeChangeMessages(
  env: Env,
  queue: string,
  messages: readonly ChangeMessage[],
): Promise<void> {
  const delivered = messages.map(({ message: { attempts: tries }, text, change }) => ({
    text,
    change,
    tries,
  }));
  try {
    const again = new Set((await indexChanges(env, delivered)).map(({ text }) => text));
    for (const { message, text } of messages)
      if (again.has(text)) retryLater(message);
      else message.ack();
  } catch (error) {
    reportFailure("search.waits", error, { queue });
    await Promise.all(messages.map((each) => waitForIndex(env, each)));
  }
}

/**
 * Leaves a change for later. The time is told again in a minute; a message that has been tried often
 * is sent anew, since its queue gives up one that is tried too often.
 */
async function waitForIndex(env: Env, { message, change }: ChangeMessage): Promise<void> {
  if (change.kind === "tick") return message.ack();
  if (message.attempts < limits.searchRepublishTries) return retryLater(message);
  try {
    await searchFeedOf(env)?.publish([change]);
    message.ack();
  } catch {
    // The feed is away as well: the message has tries left.
    retryLater(message);
  }
}

function retryAll(messages: readonly Message<string>[]): void {
  for (const message of messages) retryLater(message);
}

function retryLater(message: Message<string>): void {
  message.retry({ delaySeconds: redeliveryDelaySeconds(message.attempts) });
}

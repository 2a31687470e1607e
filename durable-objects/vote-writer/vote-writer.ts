import { DurableObject } from "cloudflare:workers";
import { limits } from "../../src/shared/limits.ts";
import { connectKafka } from "../../src/vote-log/kafka/connect.ts";
import { LogReader } from "../../src/vote-log/kafka/log-reader.ts";
import {
  chooseVoteLog,
  memberNames,
  type KafkaSettings,
} from "../../src/vote-log/kafka/settings.ts";
import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import { writeRecords } from "../../src/vote-log/write-records.ts";
import { withWriterDependencies } from "../../src/platform/writer-dependencies.ts";
import { causeOf, reportFailure } from "../../src/platform/report-failure.ts";

export type WriterStatus = { problem: string | null };

/**
 * One member of the group that writes the Kafka topic into the database. It runs from alarm to
 * alarm; cron sees to it that there is one.
 */
export class VoteWriter extends DurableObject<Env> {
  readonly #settings: KafkaSettings | null;
  readonly #reader: LogReader | null;
  #failures = 0;
  #problem: string | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const choice = chooseVoteLog(env);
    this.#settings = choice.kind === "kafka" ? choice.settings : null;
    this.#reader =
      this.#settings === null ? null : readerOf(this.#settings, ctx.storage, this.#labels());
  }

  /** Starts this member, or makes sure that it runs; nothing happens where it does. */
  async start(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now());
  }

  status(): WriterStatus {
    return { problem: this.#problem };
  }

  /**
   * Writes for a while, and never throws: the platform gives an alarm up after six failures, and an
   * outage is longer.
   */
  override async alarm(): Promise<void> {
    let delayMs = 0;
    try {
      if (this.#reader === null || this.#settings === null) return;
      if (this.#isSurplus(this.#settings)) return await this.#reader.leave();
      await this.#writeForATurn(this.#reader);
      this.#failures = 0;
      this.#problem = null;
    } catch (error) {
      this.#failures += 1;
      this.#problem = causeOf(error);
      reportFailure("writer.waits", error, this.#labels());
      delayMs = Math.min(alarmRetryDelayMs(this.#failures), limits.kafkaRetryDelayMsMax);
    }
    await this.ctx.storage.setAlarm(Date.now() + delayMs);
  }

  async #writeForATurn(reader: LogReader): Promise<void> {
    await withWriterDependencies(this.env, async (deps) => {
      const endAt = Date.now() + limits.kafkaTurnMs;
      while (Date.now() < endAt) {
        await reader.step((records) =>
          writeRecords(
            deps,
            records.map(({ value }) => value),
          ),
        );
        this.#problem = null;
      }
    });
  }

  /**
   * The number of writers was lowered since this one was started: its partitions go to the rest.
   */
  #isSurplus({ writers }: KafkaSettings): boolean {
    return memberNames(writers).every((name) => name !== this.ctx.id.name);
  }

  #labels(): { writer: string } {
    return { writer: this.ctx.id.name ?? "" };
  }
}

function readerOf(
  settings: KafkaSettings,
  { kv }: DurableObjectStorage,
  labels: { writer: string },
): LogReader {
  return new LogReader({
    kafka: connectKafka(settings),
    topics: [settings.topic, settings.deadLettersTopic],
    memory: {
      last: () => kv.get<string>("instance") ?? null,
      keep: (name) => kv.put("instance", name),
      fresh: () => `${labels.writer}-${crypto.randomUUID()}`,
    },
    report: (event, error) => reportFailure(event, error, labels),
  });
}

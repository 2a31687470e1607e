import { limits } from "../../src/shared/limits.ts";
import { connectKafka } from "../../src/vote-log/kafka/connect.ts";
import { LogReader, type InstanceMemory } from "../../src/vote-log/kafka/log-reader.ts";
import {
  chooseVoteLog,
  memberNames,
  type KafkaSettings,
} from "../../src/vote-log/kafka/settings.ts";
import { alarmRetryDelayMs } from "../../src/shared/backoff.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { writeRecords } from "../../src/vote-log/write-records.ts";
import { withWriterDependencies } from "../../src/platform/writer-dependencies.ts";
import { writerTable } from "../../src/platform/objects/call-tables.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import { VersionedObject } from "../shared/versioned-object.ts";
import { describeCause } from "../../src/shared/loggable-error.ts";

export type WriterStatus = { problem: string | null };

const instanceForm = { name: "a writer's instance", version: 1 };

/** The settings and the reader of a Kafka topic; null where the deployment has none. */
type WriterParts = { settings: KafkaSettings; reader: LogReader } | null;

/**
 * One member of the group that writes the Kafka topic into the database. It runs from alarm to
 * alarm; cron sees to it that there is one.
 */
export class VoteWriter extends VersionedObject<WriterParts> {
  #failures = 0;
  #problem: string | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { table: writerTable, compose: composeWriter });
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
  protected override async onAlarm(parts: WriterParts): Promise<void> {
    let delayMs = 0;
    try {
      if (parts === null) return;
      if (this.#isSurplus(parts.settings)) return await parts.reader.leave();
      await this.#writeForATurn(parts.reader);
      this.#failures = 0;
      this.#problem = null;
    } catch (error) {
      this.#failures += 1;
      this.#problem = describeCause(error);
      reportFailure("writer.waits", error, labelsOf(this.ctx.id));
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
}

function labelsOf({ name = "" }: DurableObjectId): { writer: string } {
  return { writer: name };
}

function composeWriter({ id, storage }: DurableObjectState, env: Env): WriterParts {
  const memory = readerMemory(storage.kv, labelsOf(id));
  const choice = chooseVoteLog(env);
  if (choice.kind !== "kafka") return null;
  const { settings } = choice;
  const reader = new LogReader({
    kafka: connectKafka(settings),
    topics: [settings.topic, settings.deadLettersTopic],
    memory,
    report: (event, error) => reportFailure(event, error, labelsOf(id)),
  });
  return { settings, reader };
}

/** The name of the consumer instance that this member had last, as it is stored. */
function readerMemory(kv: SyncKvStorage, { writer }: { writer: string }): InstanceMemory {
  const kept = kv.get<Versioned<string | null>>("instance");
  let last = kept === undefined ? null : withoutVersion(instanceForm, kept);
  return {
    last: () => last,
    keep(name) {
      kv.put("instance", withVersion(instanceForm, name));
      last = name;
    },
    fresh: () => `${writer}-${crypto.randomUUID()}`,
  };
}

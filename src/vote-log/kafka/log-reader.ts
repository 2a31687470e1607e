import type { Message } from "@upstash/kafka";
import { KafkaFailure, type KafkaConnection, type KafkaOffset } from "./connect.ts";
import type { ReportFailure } from "../../shared/log-line.ts";

/** The name of this reader's instance at the gateway, kept where it outlives a crash. */
export type InstanceMemory = {
  last(): string | null;
  keep(name: string | null): void;
  fresh(): string;
};

export type LogReaderDependencies = {
  kafka: Pick<KafkaConnection, "consume" | "commit" | "leave">;
  topics: readonly string[];
  memory: InstanceMemory;
  /**
   * Hears of what needs no action: the group has moved on, and what was not committed comes again.
   */
  report: ReportFailure;
};

/**
 * One member of the group of writers. A record's offset moves only after `write` has returned for
 * it.
 */
export class LogReader {
  readonly #deps: LogReaderDependencies;
  /**
   * Null until this object has opened one: an instance of a former life may have been given records
   * that died with it.
   */
  #instance: string | null = null;
  /**
   * Read and not yet written. An outage of the database is waited for with these in hand, and
   * disturbs nobody else in the group.
   */
  #held: Message[] = [];

  constructor(deps: LogReaderDependencies) {
    this.#deps = deps;
  }

  /**
   * Reads, writes and commits once; tells how many records it moved, 0 where none came in time.
   * @throws what `write` throws (the same records are written again next time), or a `KafkaFailure`.
   */
  async step(write: (records: readonly Message[]) => Promise<void>): Promise<number> {
    if (this.#held.length === 0) this.#held = await this.#read();
    const records = this.#held;
    if (records.length === 0) return 0;
    await write(records);
    this.#held = [];
    await this.#commit(records);
    return records.length;
  }

  /** Leaves the group, so that others get the partitions at once and not after two minutes. */
  async leave(): Promise<void> {
    const { kafka, memory } = this.#deps;
    const instance = this.#instance ?? memory.last();
    this.#instance = null;
    this.#held = [];
    if (instance === null) return;
    try {
      await kafka.leave(instance);
    } catch (error) {
      if (!isKnownGone(error)) throw error;
    }
    memory.keep(null);
  }

  async #read(): Promise<Message[]> {
    if (this.#instance === null) {
      await this.leave();
      const name = this.#deps.memory.fresh();
      this.#deps.memory.keep(name);
      this.#instance = name;
    }
    try {
      return await this.#deps.kafka.consume(this.#instance, this.#deps.topics);
    } catch (error) {
      // The gateway may count the lost answer as given: the next read is by a new instance, from
      // what was committed.
      this.#instance = null;
      throw error;
    }
  }

  async #commit(records: readonly Message[]): Promise<void> {
    if (this.#instance === null) return;
    try {
      await this.#deps.kafka.commit(this.#instance, endsOf(records));
    } catch (error) {
      if (!hasGroupMovedOn(error)) throw error;
      this.#deps.report("writer.commit_refused", error);
    }
  }
}

/** The offset after the last record of each partition. */
function endsOf(records: readonly Message[]): KafkaOffset[] {
  const byPartition = Map.groupBy(records, ({ topic, partition }) => `${topic}:${partition}`);
  return [...byPartition.values()].flatMap((ofPartition) => {
    const last = ofPartition.reduce((newest, each) =>
      each.offset > newest.offset ? each : newest,
    );
    return { topic: last.topic, partition: last.partition, offset: last.offset + 1 };
  });
}

function isKnownGone(error: unknown): boolean {
  return error instanceof KafkaFailure && error.status === 404;
}

/**
 * A rebalance (409), or an instance that the gateway no longer has (404): the next read starts from
 * what was committed.
 */
function hasGroupMovedOn(error: unknown): boolean {
  return isKnownGone(error) || (error instanceof KafkaFailure && error.status === 409);
}

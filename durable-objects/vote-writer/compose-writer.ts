import { changeReaderOf, indexChanges } from "../../src/platform/index-changes.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import { tracerOf } from "../../src/platform/tracer.ts";
import { traceDelivery } from "../../src/telemetry/traces/delivery.ts";
import { readTraceparent } from "../../src/telemetry/traces/span-context.ts";
import { withWriterDependencies } from "../../src/platform/writer-dependencies.ts";
import { chooseSearch } from "../../src/search/settings.ts";
import type { LogEvent } from "../../src/shared/log-line.ts";
import { LoggableError } from "../../src/shared/loggable-error.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { connectKafka } from "../../src/vote-log/kafka/connect.ts";
import { LogReader, type InstanceMemory } from "../../src/vote-log/kafka/log-reader.ts";
import { chooseVoteLog, indexerName, memberNames } from "../../src/vote-log/kafka/settings.ts";
import { writeRecords } from "../../src/vote-log/write-records.ts";

/** What of a record that Kafka delivers is written. */
type KafkaMessage = { value: string; headers?: readonly { key: string; value: string }[] };

/** Writes what a member has read; `tries` is how often it was tried, this time included. */
type WriteMessages = (messages: readonly KafkaMessage[], tries: number) => Promise<void>;

/** A member of a group on a Kafka topic: of the writers of votes, or the search index's one. */
export interface GroupMember {
  reader: LogReader;
  /** Whether the deployment no longer wants it: its partitions go to the rest. */
  isSurplus: boolean;
  /** What is logged while it can't write. */
  waits: LogEvent;
  /** Does the work of a turn, which writes messages again and again. */
  inTurn(work: (write: WriteMessages) => Promise<void>): Promise<void>;
}

const instanceForm = { name: "a writer's instance", version: 1 };

export function labelsOf({ name = "" }: DurableObjectId): { writer: string } {
  return { writer: name };
}

/** The member that an object is by its name; null where the deployment has no Kafka topic. */
export function composeWriter({ id, storage }: DurableObjectState, env: Env): GroupMember | null {
  const memory = readerMemory(storage.kv, labelsOf(id));
  const choice = chooseVoteLog(env);
  if (choice.kind !== "kafka") return null;
  const { settings } = choice;
  const readerOf = (group: string, topics: readonly string[]): LogReader =>
    new LogReader({
      kafka: connectKafka({ ...settings, group }),
      topics,
      memory,
      report: (event, error) => reportFailure(event, error, labelsOf(id)),
    });
  return id.name === indexerName
    ? indexer(env, readerOf(settings.searchGroup, [settings.searchTopic]))
    : voteWriter(env, {
        reader: readerOf(settings.group, [settings.topic, settings.deadLettersTopic]),
        isSurplus: !memberNames(settings.writers).includes(id.name ?? ""),
      });
}

function voteWriter(env: Env, member: Pick<GroupMember, "reader" | "isSurplus">): GroupMember {
  return {
    ...member,
    waits: "writer.waits",
    inTurn: (work) =>
      withWriterDependencies(env, (deps) =>
        work((messages) =>
          traceMessages(env, "write", messages, () => writeRecords(deps, texts(messages))),
        ),
      ),
  };
}

function indexer(env: Env, reader: LogReader): GroupMember {
  return {
    reader,
    isSurplus: chooseSearch(env).kind === "none",
    waits: "search.waits",
    inTurn: (work) =>
      work((messages, tries) =>
        traceMessages(env, "index", messages, () => indexMessages(env, messages, tries)),
      ),
  };
}

/** What is no change of this deployment goes where unreadable records go. */
async function indexMessages(
  env: Env,
  messages: readonly KafkaMessage[],
  tries: number,
): Promise<void> {
  const readChange = changeReaderOf(env);
  const read = texts(messages).map((text) => ({ text, change: readChange(text), tries }));
  const others = read.filter(({ change }) => change === null).map(({ text }) => text);
  if (others.length > 0) await withWriterDependencies(env, (deps) => writeRecords(deps, others));
  const changes = read.flatMap(({ change, ...rest }) =>
    change === null ? [] : [{ ...rest, change }],
  );
  const again = await indexChanges(env, changes);
  if (again.length > 0) throw new LoggableError("a decision that has changed can't be read");
}

/** Each message goes on with the trace that stands in its headers. */
function traceMessages(
  env: Env,
  name: string,
  messages: readonly KafkaMessage[],
  work: () => Promise<void>,
): Promise<void> {
  const parents = messages.map(({ headers = [] }) =>
    readTraceparent(headers.find(({ key }) => key === "traceparent")?.value),
  );
  const attributes = {
    "messaging.system": "kafka",
    "messaging.operation.type": "process",
  } as const;
  return traceDelivery(tracerOf(env), { name, kind: "consumer", attributes, parents }, work);
}

function texts(messages: readonly KafkaMessage[]): string[] {
  return messages.map(({ value }) => value);
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

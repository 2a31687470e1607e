import { Admin, Consumer, Producer } from "@platformatic/kafka";
import { limits } from "../../shared/limits.ts";
import type { KafkaConfig } from "../config.ts";
import type { GatewayLog } from "../log.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { askBrokers } from "./broker-error.ts";
import { connectionOptions } from "./connection-options.ts";
import type { ConsumedMessage } from "./consumed-message.ts";
import { ConsumerInstances } from "./consumer-instances.ts";
import type { TopicPartition, TopicPartitionOffset } from "./dialect.ts";
import { committedOffsets, offsetsAt } from "./offsets.ts";
import { PartitionReader } from "./partition-reader.ts";
import { RecordProducer } from "./produce.ts";
import { describeTopics } from "./topics.ts";

export type Kafka = ReturnType<typeof openKafka>;

/**
 * Everything that the gateway asks of the brokers. Opening connects to nothing: a broker that is
 * down at the start is one that is down later.
 */
export function openKafka(config: KafkaConfig, metrics: GatewayMetrics, log: GatewayLog) {
  const options = connectionOptions(config);
  const client = new Producer(options);
  const producer = new RecordProducer(client);
  const admin = new Admin(options);
  const reader = new PartitionReader(new Consumer({ ...options, groupId: options.clientId }));
  const instances = new ConsumerInstances({ config, metrics, log });

  return {
    instances,
    produce: producer.produce.bind(producer),
    committed: (group: string, wanted: readonly TopicPartition[]) =>
      askBrokers(() => committedOffsets(admin, group, wanted)),
    offsetsAt: (timestamp: bigint, wanted: readonly TopicPartition[]) =>
      askBrokers(() => offsetsAt(admin, timestamp, wanted)),
    topics: () =>
      askBrokers(async () => {
        const topics = await describeTopics(admin, await admin.listTopics({}));
        return Object.fromEntries([...topics].map(([name, each]) => [name, each.partitionsCount]));
      }),
    fetch: (places: readonly TopicPartitionOffset[], waitMs: number) =>
      askBrokers(() => fetchFrom(reader, places, waitMs)),
    /**
     * How many brokers the cluster has now; rejects with a refusal that says why they are not there.
     */
    countBrokers: () =>
      askBrokers(async () => {
        const { brokers } = await admin.metadata({ topics: [], forceUpdate: true });
        return brokers.size;
      }),
    close: async (): Promise<void> => {
      await instances.closeAll();
      await Promise.allSettled([client.close(true), admin.close(), reader.close()]);
    },
  };
}

/**
 * All callers share one reader, so none waits at the broker: each asks again until its time is
 * over.
 */
async function fetchFrom(
  reader: PartitionReader,
  wanted: readonly TopicPartitionOffset[],
  waitMs: number,
): Promise<ConsumedMessage[]> {
  const places = wanted.map((each) => ({ ...each, offset: BigInt(each.offset) }));
  const giveUpAt = Date.now() + waitMs;
  for (;;) {
    const messages = (await reader.read(places, 0)).flatMap((read) => read.messages);
    if (messages.length > 0 || Date.now() >= giveUpAt) return messages;
    await new Promise((resolve) => setTimeout(resolve, limits.gatewayPollMs));
  }
}

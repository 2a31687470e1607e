import { randomUUID } from "node:crypto";
import { Admin } from "@platformatic/kafka";
import { Kafka } from "@upstash/kafka";
import { Redis } from "@upstash/redis";
import { eventually } from "../worker/eventually.ts";
import { services } from "./services.ts";

/** The genuine client, as the platform and its users have it, at the gateway that runs. */
export async function upstashKafka(): Promise<Kafka> {
  const { url, username, password } = await services.gateway.address();
  return new Kafka({ url, username, password });
}

export async function upstashRedis(options: { retry?: false } = {}): Promise<Redis> {
  const { url, token } = await services.gateway.address();
  return new Redis({ url, token, ...options });
}

/**
 * A topic of the test's own, made at the broker: the dialect has no call for that. Returns once every partition has a leader that serves: until
 * then a produce may be taken in part, and the client would send all of it again.
 */
export async function createTopic(
  partitions: number,
  configs: { name: string; value: string }[] = [],
): Promise<string> {
  const topic = `test-${randomUUID()}`;
  await makeTopic(topic, partitions, configs);
  return topic;
}

/** The same with this name, also where one of it was deleted just now. */
export async function makeTopic(
  topic: string,
  partitions: number,
  configs: { name: string; value: string }[] = [],
): Promise<void> {
  await withAdmin(async (admin) => {
    await eventually("a new topic", () =>
      admin.createTopics({ topics: [topic], partitions, replicas: 1, configs }).catch(() => null),
    );
    const ends = Array.from({ length: partitions }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp: -1n,
    }));
    await eventually("leaders for a new topic", () =>
      admin.listOffsets({ topics: [{ name: topic, partitions: ends }] }).catch(() => null),
    );
  });
}

/** With all that is in it. */
export async function deleteTopic(topic: string): Promise<void> {
  await withAdmin((admin) => admin.deleteTopics({ topics: [topic] }));
}

async function withAdmin(work: (admin: Admin) => Promise<unknown>): Promise<void> {
  const { brokers } = await services.kafka.address();
  const admin = new Admin({ clientId: "test", bootstrapBrokers: [brokers], retries: 0 });
  try {
    await work(admin);
  } finally {
    await admin.close();
  }
}

/** How many records of a topic a group has not committed yet, of those that the topic still has. */
export async function recordsBehind(topic: string, group: string): Promise<number> {
  const admin = (await upstashKafka()).admin();
  const partitions = (await admin.topics())[topic] ?? 0;
  const topicPartitions = Array.from({ length: partitions }, (_, partition) => ({
    topic,
    partition,
  }));
  const member = { consumerGroupId: group, instanceId: "any" };
  const [committed, earliest, latest] = await Promise.all([
    admin.committedOffsets({ ...member, topicPartitions }),
    admin.topicPartitionOffsets({ timestamp: "earliest", topicPartitions }),
    admin.topicPartitionOffsets({ timestamp: "latest", topicPartitions }),
  ]);
  const offsetIn = (list: readonly { partition: number; offset: number }[], partition: number) =>
    list.find((each) => each.partition === partition)?.offset ?? 0;
  return topicPartitions.reduce((sum, { partition }) => {
    const next = Math.max(offsetIn(committed, partition), offsetIn(earliest, partition));
    return sum + Math.max(0, offsetIn(latest, partition) - next);
  }, 0);
}

/** A POST to the gateway as anyone could send it, for what the genuine clients never send or would retry for 15 s. */
export async function postKafka(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const { url, username, password } = await services.gateway.address();
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${username}:${password}`)}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

/** The value of one of the gateway's metrics, 0 where it was never counted. */
export async function metric(line: string): Promise<number> {
  const { url } = await services.gateway.address();
  const lines = (await (await fetch(`${url}/metrics`)).text()).split("\n");
  return Number(lines.find((each) => each.startsWith(`${line} `))?.slice(line.length + 1) ?? 0);
}

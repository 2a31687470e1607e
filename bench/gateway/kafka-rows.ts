import { Admin, ProduceAcks, Producer } from "@platformatic/kafka";
import { Kafka } from "@upstash/kafka";
import { limits } from "../../src/shared/limits.ts";
import { kafka as kafkaService } from "../../scripts/services/kafka.ts";
import { gateway as gatewayService } from "../../scripts/services/gateway.ts";
import { serviceLocation } from "../../scripts/services/service-location.ts";
import { measure, type GatewayRow } from "./measure.ts";
import { countRecordBallots, makeRecords } from "./records.ts";

const partitions = 8;
const lanes = 4;
const recordsARequest = 10;
const singleLanes = 32;
const ballotsPerSecondGoal = 50_000;

/**
 * Produce and consume with the genuine client, each request as a shard and a writer would send it,
 * beside the broker alone.
 */
export async function benchKafka(
  phaseMs: number,
  log: (line: string) => void,
): Promise<GatewayRow[]> {
  const { brokers } = kafkaService.address(await serviceLocation("kafka"));
  const { url, username, password } = gatewayService.address(await serviceLocation("gateway"));
  const admin = new Admin({ clientId: "bench", bootstrapBrokers: [brokers] });
  const topic = `bench-gateway-${Date.now()}`;
  await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  const gateway = new Kafka({ url, username, password });
  const records = makeRecords(recordsARequest).map((each) => ({ topic, ...each }));
  const isOver = (elapsedMs: number): boolean => elapsedMs >= phaseMs;
  const produce = (batch: typeof records) => async (): Promise<number> => {
    const produced = await gateway.producer().produceMany(batch);
    return produced.length * limits.recordBallotsMax;
  };
  try {
    log("warming up");
    await measure({
      name: "",
      concurrency: lanes,
      isEnough: (elapsedMs) => elapsedMs >= 1_000,
      send: produce(records),
    });
    log("producing");
    const many = `produce, ${recordsARequest} records of 500 ballots a request, ${lanes} at a time`;
    const one = `produce, 1 record of 500 ballots a request, ${singleLanes} at a time`;
    const rows = [
      await measureBroker(brokers, records, isOver),
      withGoal(
        await measure({
          name: many,
          concurrency: lanes,
          isEnough: isOver,
          send: produce(records),
        }),
      ),
      await measure({
        name: one,
        concurrency: singleLanes,
        isEnough: isOver,
        send: produce(records.slice(0, 1)),
      }),
    ];
    log("consuming");
    return [...rows, await measureConsume(gateway, topic, phaseMs)];
  } finally {
    await admin.deleteTopics({ topics: [topic] });
    await admin.close();
  }
}

function withGoal(row: GatewayRow): GatewayRow {
  const isMet = (row.ballots * 1_000) / row.elapsedMs >= ballotsPerSecondGoal;
  return { ...row, goal: { text: "50,000 ballots/s", isMet } };
}

/**
 * The same records straight to the broker, with the client that the gateway uses: what is left over
 * is the gateway's own cost.
 */
async function measureBroker(
  brokers: string,
  records: readonly { topic: string; key: string; value: string }[],
  isOver: (elapsedMs: number) => boolean,
): Promise<GatewayRow> {
  const producer = new Producer({ clientId: "bench", bootstrapBrokers: [brokers] });
  try {
    return await measure({
      name: "the same without the gateway",
      concurrency: lanes,
      isEnough: isOver,
      send: async () => {
        const messages = records.map(({ topic, key, value }) => ({
          topic,
          key: Buffer.from(key),
          value: Buffer.from(value),
        }));
        await producer.send({ messages, acks: ProduceAcks.ALL });
        return records.length * limits.recordBallotsMax;
      },
    });
  } finally {
    await producer.close();
  }
}

/**
 * One instance that reads everything from the first offset on and commits what it has, poll by
 * poll.
 */
async function measureConsume(gateway: Kafka, topic: string, phaseMs: number): Promise<GatewayRow> {
  const member = { consumerGroupId: topic, instanceId: "bench" };
  const request = { ...member, topics: [topic], autoCommit: false };
  const options = { autoOffsetReset: "earliest" as const, timeout: 1_000 };
  let isDrained = false;
  await gateway.consumer().consume({ ...request, ...options, timeout: 10_000 });
  const row = await measure({
    name: "consume and commit, one instance",
    concurrency: 1,
    isEnough: (elapsedMs) => isDrained || elapsedMs >= phaseMs,
    send: async () => {
      const messages = await gateway.consumer().consume({ ...request, ...options });
      isDrained = messages.length === 0;
      const ends = new Map(messages.map(({ partition, offset }) => [partition, offset + 1]));
      const offset = [...ends].map(([partition, next]) => ({ topic, partition, offset: next }));
      if (offset.length > 0) await gateway.consumer().commit({ ...member, offset });
      return messages.reduce((sum, { value }) => sum + countRecordBallots(value), 0);
    },
  });
  await gateway.admin().removeConsumerInstance(member.consumerGroupId, member.instanceId);
  return row;
}

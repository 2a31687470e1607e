import { limits } from "../../shared/limits.ts";
import { encodeDeadLetter } from "../dead-letter.ts";
import { packBySize } from "../pack-by-size.ts";
import { signText, type LogSignature } from "../signed-text.ts";
import { currentTraceparent, inChildSpan } from "../../telemetry/traces/trace-scope.ts";
import { sending } from "../traced-text.ts";
import type { DeadLetters, VoteLog } from "../vote-log.ts";
import { encodeRecord } from "../vote-record.ts";
import type { KafkaConnection, KafkaRecord } from "./connect.ts";

/**
 * The vote log on a Kafka topic. The key is decision/shard, so a shard's records stay in one
 * partition and in order. A shard that publishes again after a failure may repeat records behind
 * newer ones, which the writer does not mind.
 */
export function upstashKafkaVoteLog(
  kafka: Pick<KafkaConnection, "produce">,
  topic: string,
  signature: LogSignature,
): VoteLog {
  return {
    async publish(records) {
      const ready = records.map((record) => ({
        topic,
        key: `${record.decisionId}/${record.shard}`,
        value: signText(signature, encodeRecord(record)),
      }));
      await inChildSpan("publish", sending("kafka", topic), () => produceAll(kafka, ready));
    },
  };
}

/**
 * Produces records in order: the next request is sent once the brokers have the one before. Beside
 * each goes the span that sends it, where that is recorded.
 */
export async function produceAll(
  kafka: Pick<KafkaConnection, "produce">,
  records: readonly KafkaRecord[],
): Promise<void> {
  const trace = currentTraceparent();
  const headers = trace === undefined ? {} : { headers: [{ key: "traceparent", value: trace }] };
  for (let from = 0; from < records.length; from += limits.publishRecordsMax) {
    const some = records.slice(from, from + limits.publishRecordsMax);
    await kafka.produce(some.map((record) => ({ ...record, ...headers })));
  }
}

/**
 * Dead letters on a topic of their own, keyed by id; the writers keep them in the database from
 * there.
 */
export function upstashKafkaDeadLetters(
  kafka: Pick<KafkaConnection, "produce">,
  topic: string,
  signature: LogSignature,
): DeadLetters {
  return {
    async put(deadLetters) {
      const keys = new Map(
        deadLetters.map((each) => [signText(signature, encodeDeadLetter(each)), each.id]),
      );
      for (const texts of packBySize([...keys.keys()])) {
        await kafka.produce(
          texts.map((value): KafkaRecord => ({ topic, key: keys.get(value) ?? "", value })),
        );
      }
    },
  };
}

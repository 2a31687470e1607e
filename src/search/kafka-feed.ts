import type { KafkaConnection, KafkaRecord } from "../vote-log/kafka/connect.ts";
import { inChildSpan } from "../telemetry/traces/trace-scope.ts";
import { produceAll } from "../vote-log/kafka/upstash-kafka.ts";
import { sending } from "../vote-log/traced-text.ts";
import type { LogSignature } from "../vote-log/signed-text.ts";
import type { SearchChange } from "./search-change.ts";
import type { SearchFeed } from "./search-feed.ts";
import { signChange } from "./signed-change.ts";

/** The feed on a Kafka topic; what is of one decision stays in one partition and in order. */
export function kafkaSearchFeed(
  kafka: Pick<KafkaConnection, "produce">,
  topic: string,
  signature: LogSignature,
): SearchFeed {
  const recordOf = (change: SearchChange): KafkaRecord => ({
    topic,
    key: change.kind === "tick" ? change.kind : change.decisionId,
    value: signChange(signature, change),
  });
  return {
    async publish(changes) {
      const records = changes.map(recordOf);
      await inChildSpan("tell search", sending("kafka", topic), () => produceAll(kafka, records));
    },
  };
}

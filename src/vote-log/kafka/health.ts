import type { KafkaConnection } from "./connect.ts";
import type { KafkaSettings } from "./settings.ts";
import { describeCause } from "../../shared/loggable-error.ts";

/**
 * What stands in the way of records to Kafka and from it, in words. How far the writers are is not
 * asked of Kafka: its offsets say nothing of a record that it has lost or that a stranger has read.
 */
export async function kafkaProblems(
  kafka: Pick<KafkaConnection, "topics">,
  { topic, deadLettersTopic }: Pick<KafkaSettings, "topic" | "deadLettersTopic">,
): Promise<string[]> {
  try {
    const topics = await kafka.topics();
    const missing = [topic, deadLettersTopic].filter((name) => topics[name] === undefined);
    return missing.map((name) => `there is no topic ${name}`);
  } catch (error) {
    return [describeCause(error)];
  }
}

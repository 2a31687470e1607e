import type { KafkaConnection } from "./connect.ts";
import { describeCause } from "../../shared/loggable-error.ts";

/**
 * What stands in the way of records to these topics and from them, in words. How far the writers are is not
 * asked of Kafka: its offsets say nothing of a record that it has lost or that a stranger has read.
 */
export async function kafkaProblems(
  kafka: Pick<KafkaConnection, "topics">,
  needed: readonly string[],
): Promise<string[]> {
  try {
    const topics = await kafka.topics();
    const missing = needed.filter((name) => topics[name] === undefined);
    return missing.map((name) => `there is no topic ${name}`);
  } catch (error) {
    return [describeCause(error)];
  }
}

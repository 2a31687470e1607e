import type { VoteLogHealth } from "../vote-log.ts";
import type { KafkaConnection } from "./connect.ts";
import type { KafkaSettings } from "./settings.ts";
import { describeCause } from "../../shared/loggable-error.ts";

/**
 * How far the group of writers is behind the end of the topic, in records, and what stands in the
 * way.
 */
export async function readKafkaHealth(
  kafka: Pick<KafkaConnection, "topics" | "committed" | "ends">,
  { topic, deadLettersTopic }: Pick<KafkaSettings, "topic" | "deadLettersTopic">,
): Promise<Pick<VoteLogHealth, "lagRecords" | "problems">> {
  try {
    const topics = await kafka.topics();
    const missing = [topic, deadLettersTopic].filter((name) => topics[name] === undefined);
    if (missing.length > 0) {
      return { lagRecords: null, problems: missing.map((name) => `there is no topic ${name}`) };
    }
    return { lagRecords: await readLag(kafka, topic, topics[topic] ?? 0), problems: [] };
  } catch (error) {
    return { lagRecords: null, problems: [describeCause(error)] };
  }
}

async function readLag(
  kafka: Pick<KafkaConnection, "committed" | "ends">,
  topic: string,
  partitions: number,
): Promise<number> {
  const wanted = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
  const [committed, earliest, latest] = await Promise.all([
    kafka.committed(wanted),
    kafka.ends("earliest", wanted),
    kafka.ends("latest", wanted),
  ]);
  const offsetIn = (list: readonly { partition: number; offset: number }[], partition: number) =>
    list.find((each) => each.partition === partition)?.offset ?? 0;
  return wanted.reduce((lag, { partition }) => {
    // Records that fell out of the topic before anybody read them are no longer waited for.
    const next = Math.max(offsetIn(committed, partition), offsetIn(earliest, partition));
    return lag + Math.max(0, offsetIn(latest, partition) - next);
  }, 0);
}

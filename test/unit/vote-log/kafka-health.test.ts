import { describe, expect, it } from "vitest";
import type { KafkaOffset, KafkaPartition } from "../../../src/vote-log/kafka/connect.ts";
import { readKafkaHealth } from "../../../src/vote-log/kafka/health.ts";
import { LoggableError } from "../../../src/shared/loggable-error.ts";

const names = { topic: "votes", deadLettersTopic: "votes-dlq" };

interface PartitionState {
  earliest: number;
  latest: number;
  /** -1 where the group has committed nothing. */
  committed: number;
}

/** Kafka with these partitions of the topic of votes, told in any order. */
function kafkaWith(partitions: PartitionState[], topics: Record<string, number> | Error) {
  const tell = (member: keyof PartitionState, wanted: readonly KafkaPartition[]): KafkaOffset[] =>
    wanted
      .map(({ topic, partition }) => ({
        topic,
        partition,
        offset: topic === "votes" ? (partitions[partition]?.[member] ?? NaN) : NaN,
      }))
      .toReversed();
  return {
    topics: async () => {
      if (topics instanceof Error) throw topics;
      return topics;
    },
    committed: async (wanted: KafkaPartition[]) => tell("committed", wanted),
    ends: async (timestamp: "earliest" | "latest", wanted: KafkaPartition[]) =>
      tell(timestamp, wanted),
  };
}

describe("the health of the vote log on Kafka", () => {
  const both = (votes: number) => ({ votes: votes, "votes-dlq": 1 });

  it.each<[string, PartitionState[], number]>([
    ["nothing where all is read", [{ earliest: 0, latest: 9, committed: 9 }], 0],
    ["what is not committed yet", [{ earliest: 0, latest: 9, committed: 4 }], 5],
    ["all of it where nothing was ever committed", [{ earliest: 0, latest: 9, committed: -1 }], 9],
    ["no record that fell out of the topic unread", [{ earliest: 6, latest: 9, committed: 2 }], 3],
    [
      "never less than nothing, while offsets are asked one after the other",
      [
        { earliest: 0, latest: 3, committed: 5 },
        { earliest: 0, latest: 4, committed: 0 },
      ],
      4,
    ],
    [
      "the sum over all partitions",
      [
        { earliest: 0, latest: 10, committed: 3 },
        { earliest: 5, latest: 20, committed: -1 },
        { earliest: 0, latest: 0, committed: -1 },
      ],
      7 + 15,
    ],
    ["nothing where the topic has no partition", [], 0],
  ])("tells as lag %s", async (_, partitions, lagRecords) => {
    const kafka = kafkaWith(partitions, both(partitions.length));
    expect(await readKafkaHealth(kafka, names)).toEqual({ lagRecords, problems: [] });
  });

  it("tells no lag of a partition that Kafka says nothing of", async () => {
    const kafka = kafkaWith([], both(1));
    const silent = { ...kafka, committed: async () => [], ends: async () => [] };
    expect(await readKafkaHealth(silent, names)).toEqual({ lagRecords: 0, problems: [] });
  });

  it.each([
    ["both topics", { other: 3 }, ["votes", "votes-dlq"]],
    ["the topic of votes", { "votes-dlq": 1 }, ["votes"]],
    ["the topic of dead letters", { votes: 1 }, ["votes-dlq"]],
  ])("names %s where missing, and tells no lag", async (_, topics, missing) => {
    const state = { earliest: 0, latest: 9, committed: 4 };
    expect(await readKafkaHealth(kafkaWith([state], topics), names)).toEqual({
      lagRecords: null,
      problems: missing.map((name) => `there is no topic ${name}`),
    });
  });

  it("says what keeps it from knowing where a call fails", async () => {
    const away = new LoggableError("topics: no answer");
    const kafka = kafkaWith([{ earliest: 0, latest: 9, committed: 4 }], away);
    expect(await readKafkaHealth(kafka, names)).toEqual({
      lagRecords: null,
      problems: ["LoggableError: topics: no answer"],
    });
  });
});

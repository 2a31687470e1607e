import { describe, expect, it } from "vitest";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import { limits } from "../../../src/shared/limits.ts";
import type { KafkaRecord } from "../../../src/vote-log/kafka/connect.ts";
import {
  upstashKafkaDeadLetters,
  upstashKafkaVoteLog,
} from "../../../src/vote-log/kafka/upstash-kafka.ts";
import { decodeDeadLetter } from "../../../src/vote-log/dead-letter.ts";
import { readSignedText } from "../../../src/vote-log/signed-text.ts";
import { decodeRecord } from "../../../src/vote-log/vote-record.ts";
import {
  ownSignature,
  sampleDeadLetter,
  sampleRun,
} from "../../support/vote-log/sample-records.ts";
import {
  distinctBySeq,
  holdsTheVoteLogContract,
} from "../../support/vote-log/vote-log-contract.ts";

/** Brokers that keep what is produced, a list a call. */
function brokers() {
  const calls: KafkaRecord[][] = [];
  const produce = async (records: readonly KafkaRecord[]) => {
    if (records.length > limits.publishRecordsMax) throw new Error("more than a call may carry");
    calls.push([...records]);
    return [];
  };
  return { calls, produce };
}

const read = ({ value }: KafkaRecord): string => readSignedText(ownSignature, value);

holdsTheVoteLogContract("a Kafka topic", async () => {
  const kafka = brokers();
  return {
    log: upstashKafkaVoteLog(kafka, "votes", ownSignature),
    async delivered({ decisionId, shard }): Promise<Ballot[]> {
      // A shard's records are in one partition, since they have one key.
      const ofShard = kafka.calls
        .flat()
        .filter(({ topic, key }) => topic === "votes" && key === `${decisionId}/${shard}`);
      return distinctBySeq(ofShard.flatMap((record) => decodeRecord(read(record)).ballots));
    },
  };
});

describe("the vote log on a Kafka topic", () => {
  const record = (seq: number) => ({
    decisionId: "delta",
    shard: 0,
    epoch: 1,
    ballots: sampleRun(seq, seq),
  });

  it("sends records in order, each call once the brokers have the one before", async () => {
    const { calls, produce } = brokers();
    let underWay = 0;
    const slow = async (records: readonly KafkaRecord[]) => {
      expect((underWay += 1)).toBe(1);
      await Promise.resolve();
      underWay -= 1;
      return produce(records);
    };
    const count = 2 * limits.publishRecordsMax;
    const records = Array.from({ length: count }, (_, index) => record(index + 1));
    await upstashKafkaVoteLog({ produce: slow }, "votes", ownSignature).publish(records);
    expect(calls.map(({ length }) => length)).toEqual([
      limits.publishRecordsMax,
      limits.publishRecordsMax,
    ]);
    expect(calls.flat().map((each) => decodeRecord(read(each)))).toEqual(records);
  });

  it("says when the brokers have not taken something, and sends no more", async () => {
    const { calls, produce } = brokers();
    const failure = new Error("the brokers are away");
    const failing = async (records: readonly KafkaRecord[]) => {
      await produce(records);
      throw failure;
    };
    const records = Array.from({ length: 3 * limits.publishRecordsMax }, (_, seq) =>
      record(seq + 1),
    );
    const log = upstashKafkaVoteLog({ produce: failing }, "votes", ownSignature);
    await expect(log.publish(records)).rejects.toBe(failure);
    expect(calls).toHaveLength(1);
  });
});

describe("dead letters on a Kafka topic", () => {
  it("stand under their ids, signed, in calls of bounded size", async () => {
    const { calls, produce } = brokers();
    const count = limits.publishRecordsMax + 1;
    const deadLetters = sampleRun(1, count).map(({ seq }) => sampleDeadLetter("delta", seq));
    await upstashKafkaDeadLetters({ produce }, "votes-dlq", ownSignature).put(deadLetters);
    expect(calls.map(({ length }) => length)).toEqual([limits.publishRecordsMax, 1]);
    const sent = calls.flat();
    expect(sent.map((each) => decodeDeadLetter(read(each)))).toEqual(deadLetters);
    expect(sent.map(({ key }) => key)).toEqual(deadLetters.map(({ id }) => id));
    expect(new Set(sent.map(({ topic }) => topic))).toEqual(new Set(["votes-dlq"]));
  });

  it("are nothing to do where there are none", async () => {
    const { calls, produce } = brokers();
    await upstashKafkaDeadLetters({ produce }, "votes-dlq", ownSignature).put([]);
    expect(calls).toEqual([]);
  });
});

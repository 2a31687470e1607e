import { describe, expect, it } from "vitest";
import { kafkaSearchFeed } from "../../../src/search/kafka-feed.ts";
import { queueSearchFeed } from "../../../src/search/queue-feed.ts";
import type { SearchChange } from "../../../src/search/search-change.ts";
import { readSignedChange } from "../../../src/search/signed-change.ts";
import { limits } from "../../../src/shared/limits.ts";
import type { KafkaRecord } from "../../../src/vote-log/kafka/connect.ts";
import { ownSignature } from "../../support/vote-log/sample-records.ts";

const pages = Array.from({ length: limits.publishRecordsMax + 1 }, (_, index): SearchChange => ({
  kind: "ballots",
  decisionId: "delta",
  page: index + 1,
  at: 7,
}));
const changes: SearchChange[] = [
  ...pages,
  { kind: "decision", decisionId: "delta", at: 8 },
  { kind: "tick", at: 9 },
];
const sizes = [limits.publishRecordsMax, 3];

describe("a feed of the search index", () => {
  it("is a message a change by a queue, in sends that it takes", async () => {
    const sends: string[][] = [];
    const feed = queueSearchFeed(
      { sendBatch: async (messages) => sends.push(messages.map(({ body }) => body)) },
      ownSignature,
    );
    await feed.publish(changes);
    expect(sends.map(({ length }) => length)).toEqual(sizes);
    const read = sends.flat().map((text) => readSignedChange(ownSignature, text));
    expect(read).toEqual(changes);
  });

  it("is a record a change on a topic, those of a decision in one partition", async () => {
    const calls: KafkaRecord[][] = [];
    const produce = async (records: readonly KafkaRecord[]) => {
      calls.push([...records]);
      return [];
    };
    await kafkaSearchFeed({ produce }, "search", ownSignature).publish(changes);
    expect(calls.map(({ length }) => length)).toEqual(sizes);
    const records = calls.flat();
    expect(records.map(({ value }) => readSignedChange(ownSignature, value))).toEqual(changes);
    expect(new Set(records.slice(0, -1).map(({ topic, key }) => `${topic} ${key}`))).toEqual(
      new Set(["search delta"]),
    );
  });
});

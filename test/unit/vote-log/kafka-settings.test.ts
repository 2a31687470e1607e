import { describe, expect, it } from "vitest";
import { chooseVoteLog, memberNames } from "../../../src/vote-log/kafka/settings.ts";

const kafka = {
  DEPLOYMENT: "river-basin",
  VOTE_LOG_KIND: "kafka",
  KAFKA_REST_URL: "https://kafka.example",
  KAFKA_REST_USERNAME: "platform",
  KAFKA_REST_PASSWORD: "a secret that nobody may read",
  KAFKA_TOPIC: "voting-topic",
  KAFKA_DEAD_LETTERS_TOPIC: "votes-dlq",
  KAFKA_GROUP: "voting-processors",
  KAFKA_WRITERS: "3",
};

describe("the choice of a vote log", () => {
  it("is the queue where nothing is chosen", () => {
    const queue = { kind: "queue", deployment: "river-basin" };
    expect(chooseVoteLog({ DEPLOYMENT: "river-basin" })).toEqual(queue);
    expect(chooseVoteLog({ ...kafka, VOTE_LOG_KIND: "queue" })).toEqual(queue);
  });

  it("names topics and group after the deployment where they are not named", () => {
    const { KAFKA_TOPIC: _topic, KAFKA_GROUP: _group, ...rest } = kafka;
    const unnamed = { ...rest, KAFKA_DEAD_LETTERS_TOPIC: "" };
    expect(chooseVoteLog(unnamed)).toMatchObject({
      settings: {
        topic: "river-basin-votes",
        deadLettersTopic: "river-basin-votes-dlq",
        group: "river-basin-writers",
      },
    });
  });

  it("is Kafka with every setting named", () => {
    expect(chooseVoteLog(kafka)).toMatchObject({
      kind: "kafka",
      settings: { url: "https://kafka.example", topic: "voting-topic", writers: 3 },
    });
  });

  it.each([
    ["DEPLOYMENT", undefined],
    ["DEPLOYMENT", ""],
    ["DEPLOYMENT", "two words"],
    ["DEPLOYMENT", "x".repeat(65)],
    ["VOTE_LOG_KIND", "rabbit"],
    ["KAFKA_REST_URL", "not a URL"],
    ["KAFKA_REST_USERNAME", undefined],
    ["KAFKA_REST_PASSWORD", ""],
    ["KAFKA_TOPIC", "a/b"],
    ["KAFKA_GROUP", "../commit"],
    ["KAFKA_WRITERS", "0"],
    ["KAFKA_WRITERS", "1000"],
  ])("with %s = %s is a mistake that names it, and no secret", (name, value) => {
    const choice = chooseVoteLog({ ...kafka, [name]: value });
    expect(choice).toMatchObject({ kind: "misconfigured" });
    expect(JSON.stringify(choice)).toContain(name);
    expect(JSON.stringify(choice)).not.toContain("a secret");
  });

  it("says of every mistake what would be right", () => {
    const mistaken = { ...kafka, KAFKA_TOPIC: "a/b", KAFKA_REST_URL: "not a URL" };
    expect(chooseVoteLog(mistaken)).toEqual({
      kind: "misconfigured",
      problem:
        "KAFKA_REST_URL: the URL of a gateway that speaks Upstash's REST dialect; " +
        "KAFKA_TOPIC: 1 to 249 of A-Z, a-z, 0-9 and . _ -",
    });
    expect(chooseVoteLog({ ...kafka, DEPLOYMENT: 7 })).toEqual({
      kind: "misconfigured",
      problem: "DEPLOYMENT: 1 to 64 of A-Z, a-z, 0-9 and . _ -",
    });
  });

  it("names as many members of the group as there are writers, each otherwise", () => {
    expect(memberNames(3)).toEqual(["writer-0", "writer-1", "writer-2"]);
  });
});

import { describe, expect, it } from "vitest";
import { chooseVoteLog } from "../../../src/vote-log/kafka/settings.ts";

const kafka = {
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
    expect(chooseVoteLog({})).toEqual({ kind: "queue" });
    expect(chooseVoteLog({ ...kafka, VOTE_LOG_KIND: "queue" })).toEqual({ kind: "queue" });
  });

  it("is Kafka with every setting named", () => {
    expect(chooseVoteLog(kafka)).toMatchObject({
      kind: "kafka",
      settings: { url: "https://kafka.example", topic: "voting-topic", writers: 3 },
    });
  });

  it.each([
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
});

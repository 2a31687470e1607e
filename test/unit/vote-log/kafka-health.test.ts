import { describe, expect, it } from "vitest";
import { kafkaProblems } from "../../../src/vote-log/kafka/health.ts";
import { LoggableError } from "../../../src/shared/loggable-error.ts";

const names = ["votes", "votes-dlq"];

describe("the health of the vote log on Kafka", () => {
  it("is well where both topics are there", async () => {
    const topics = async () => ({ votes: 4, "votes-dlq": 1, other: 2 });
    expect(await kafkaProblems({ topics }, names)).toEqual([]);
  });

  it.each([
    ["both topics", { other: 3 }, ["votes", "votes-dlq"]],
    ["the topic of votes", { "votes-dlq": 1 }, ["votes"]],
    ["the topic of dead letters", { votes: 1 }, ["votes-dlq"]],
  ])("names %s where missing", async (_, found, missing) => {
    const topics = async (): Promise<Record<string, number>> => found;
    expect(await kafkaProblems({ topics }, names)).toEqual(
      missing.map((name) => `there is no topic ${name}`),
    );
  });

  it("says what keeps it from knowing where the call fails", async () => {
    const topics = () => Promise.reject(new LoggableError("topics: no answer"));
    expect(await kafkaProblems({ topics }, names)).toEqual(["LoggableError: topics: no answer"]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal, fetchDecision } from "../../../src/cli/api/decisions.ts";
import {
  readiness,
  startKafkaPlatform,
  votedDecision,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { services } from "../../support/services/services.ts";

describe("a search index that Kafka feeds", () => {
  let platform: KafkaPlatform;
  beforeAll(async () => {
    platform = await startKafkaPlatform();
  });
  afterAll(async () => {
    await services.gateway.start();
    await platform.stop();
  });

  const certified = async (id: string): Promise<string> => {
    await closeAndSeal(platform.client, id);
    const status = async () => (await fetchDecision(platform.client, id)).status;
    await expect.poll(status).toBe("certified");
    return id;
  };
  const found = async (words: string): Promise<string[]> => {
    const query = { q: words };
    const { items } = await platform.client.call("GET /api/v1/search/decisions", { query });
    return items.map(({ decision }) => decision.id);
  };
  const counted = async (decisionId: string) => {
    const { ballots } = await platform.client.call("GET /api/v1/decisions/{decisionId}/stats", {
      path: { decisionId },
    });
    return ballots?.total ?? null;
  };

  it("finds a decision, and counts its ballots once they are published", async () => {
    const id = await certified(
      await votedDecision(platform, "saltmarsh", { shards: 2, votes: 300 }),
    );
    await expect.poll(() => found("saltmarsh")).toEqual([id]);
    await expect.poll(() => counted(id)).toEqual({ yes: 100, no: 100, abstain: 100 });
  });

  it("has what changed while the gateway was away, once it is back", async () => {
    const id = await votedDecision(platform, "peatland", { shards: 1, votes: 300 });
    await expect.poll(() => found("peatland")).toEqual([id]);
    await services.gateway.kill();
    await closeAndSeal(platform.client, id);
    await services.gateway.start();
    const status = async () => (await fetchDecision(platform.client, id)).status;
    await expect.poll(status).toBe("certified");
    await expect.poll(() => counted(id)).toEqual({ yes: 100, no: 100, abstain: 100 });
    await expect.poll(async () => (await readiness(platform)).code).toBe(200);
    await expect.poll(async () => (await readiness(platform)).search.problems).toEqual([]);
  });

  it("is told by readiness where its topic is missing, with what the indexer meets, and nothing else waits", async () => {
    const lost = `${platform.topic}-lost`;
    platform = await platform.restart({ KAFKA_SEARCH_TOPIC: lost });
    const problems = async () => (await readiness(platform)).search.problems;
    await expect.poll(problems).toContainEqual(`there is no topic ${lost}`);
    await expect.poll(problems).toContainEqual(expect.stringMatching(/^indexer-0: /));
    expect(await readiness(platform)).toMatchObject({ code: 200, vote_log: { problems: [] } });
  });
});

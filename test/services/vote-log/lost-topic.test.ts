import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { localId } from "../../support/local-id.ts";
import { deleteTopic, makeTopic, recordsBehind } from "../../support/services/gateway-clients.ts";
import {
  cast,
  openedDecision,
  partitions,
  readiness,
  startKafkaPlatform,
  storedRows,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { runDocumented } from "../../support/services/run-documented.ts";

const slug = "topic-lost";
const decisionId = localId(slug);
const votes = 300;

/** As docs/operations.md says, where somebody has deleted the topic with what was in it. */
describe("a topic of votes that is lost with records that nobody had read", () => {
  let platform: KafkaPlatform;
  beforeAll(async () => {
    platform = await startKafkaPlatform();
    await openedDecision(platform, slug, 1);
  });
  afterAll(() => platform.stop());

  const rename = async (from: string, to: string) => {
    const database = await platform.database();
    await database.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
  };

  it("leaves a lag once there is a topic again, and what it had is not in the database", async () => {
    await rename("votes", "votes_away");
    expect(await cast(platform, decisionId, votes)).toBe(votes);
    const unread = () => recordsBehind(platform.topic, `writers-of-${platform.topic}`);
    await expect.poll(unread).toBeGreaterThan(0);
    await deleteTopic(platform.topic);
    // What the writer holds in its memory is lost as well.
    await platform.crash();
    await rename("votes_away", "votes");
    const problems = async () => (await readiness(platform)).vote_log.problems.join();
    await expect.poll(problems).toContain(`there is no topic ${platform.topic}`);
    await makeTopic(platform.topic, partitions);
    const lag = async () => (await readiness(platform)).vote_log.lag_ballots;
    await expect.poll(lag).toBeGreaterThan(0);
    expect((await storedRows(platform, decisionId)).length).toBeLessThan(votes);
  });

  it("has taken nothing from the record: a rebuild sends all of it again", async () => {
    const { status, said } = runDocumented("npx enviro rebuild", {
      fill: { "https://…": platform.origin },
      env: { ENVIRO_KEY: platform.adminKey },
    });
    expect(status, said).toBe(0);
    await waitUntilDrained(platform.client, [decisionId]);
    expect(await storedRows(platform, decisionId)).toHaveLength(votes);
    await expect.poll(async () => (await readiness(platform)).code).toBe(200);
  });
});

import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeadLetterAnswer } from "../../../src/cli/api/answers.ts";
import { listAll } from "../../../src/cli/api/list-all.ts";
import { ballotsBehind } from "../../../src/cli/api/wait-until-drained.ts";
import { upstashKafka } from "../../support/services/gateway-clients.ts";
import {
  auditOf,
  cast,
  openedDecision,
  startKafkaPlatform,
  storedRows,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { localId } from "../../support/local-id.ts";

const votes = 2_000;
const poisonous = votes / 100;
const poisonWeight = 9;
const shards = 4;
const slug = "poisoned";
const decisionId = localId(slug);

/** One vote of a hundred, and as many records, are poison, wherever chance puts them. */
describe("poison in the topic", () => {
  let platform: KafkaPlatform;
  const poisoned = new Set<number>();
  while (poisoned.size < poisonous) poisoned.add(randomInt(votes));

  beforeAll(async () => {
    platform = await startKafkaPlatform();
    const database = await platform.database();
    await database
      .prepare(
        `CREATE TRIGGER refuse BEFORE INSERT ON votes WHEN NEW.weight = ${poisonWeight}
         BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: weight'); END`,
      )
      .run();
    await openedDecision(platform, slug, shards);
    const kafka = await upstashKafka();
    const weightOf = (voter: number) => (poisoned.has(voter) ? poisonWeight : 1);
    for (let from = 0; from < votes; from += 200) {
      await cast(platform, decisionId, 200, { from, weightOf });
      const garbage = [`garbage ${from}`, `{"v":1,"from":${from}}`];
      await kafka
        .producer()
        .produceMany(garbage.map((value) => ({ topic: platform.topic, value })));
    }
  });
  afterAll(() => platform.stop());

  async function openDeadLetters(): Promise<DeadLetterAnswer[]> {
    const deadLetters: DeadLetterAnswer[] = [];
    const listed = listAll((query) => platform.client.call("GET /api/v1/dead-letters", { query }));
    for await (const deadLetter of listed) deadLetters.push(deadLetter);
    return deadLetters;
  }

  it("keeps no good ballot from the database", async () => {
    const rows = async () => (await storedRows(platform, decisionId)).length;
    await expect.poll(rows, { timeout: 60_000 }).toBe(votes - poisonous);
  });

  it("is kept with its cause, every ballot and every record of it", async () => {
    const deadLetters = async () => (await openDeadLetters()).length;
    await expect.poll(deadLetters, { timeout: 30_000 }).toBe(poisonous + 20);
    const causes = (await openDeadLetters()).map(({ cause }) => cause);
    expect(causes.filter((cause) => cause.includes("constraint failed: weight"))).toHaveLength(
      poisonous,
    );
    const { database } = await auditOf(platform, decisionId);
    expect(database.dead_letters).toBe(poisonous);
  });

  it("lands by a replay once its cause is mended, and a second replay changes nothing", async () => {
    await (await platform.database()).prepare("DROP TRIGGER refuse").run();
    expect(await replayAll(platform)).toContain("landed");
    const rows = await storedRows(platform, decisionId);
    expect(rows).toHaveLength(votes);
    const audit = await auditOf(platform, decisionId);
    expect(audit.database.dead_letters).toBe(0);
    expect(ballotsBehind(audit)).toBe(0);
    await replayAll(platform);
    expect(await storedRows(platform, decisionId)).toEqual(rows);
  });
});

/** The operator's command, as the operator gives it. */
function replayAll({ origin, adminKey }: KafkaPlatform): Promise<string> {
  const args = ["src/cli/enviro.ts", "dead-letters", "replay", "--on", origin, "--key", adminKey];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}

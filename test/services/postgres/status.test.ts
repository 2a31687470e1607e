import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../../src/client/routes.ts";
import { waitUntilDrained } from "../../../src/cli/api/wait-until-drained.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { cast, openedDecision } from "../../support/services/kafka-platform.ts";
import {
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";

let on: PostgresPlatform;
beforeAll(async () => {
  on = await startPostgresPlatform();
});
afterAll(() => on.stop());

/** Whether the whole is red, and what is said of a decision's rows, right after a check. */
async function checked(id: string): Promise<unknown> {
  await on.platform.runCron();
  const answer = await fetch(`${on.platform.origin}/api/v1/status`);
  const { state, decisions } = (await answer.json()) as Answer<"GET /api/v1/status">;
  const found = decisions.find(({ decision_id }) => decision_id === id);
  const stored = found?.stages.find(({ stage }) => stage === "stored");
  return [state === "broken", stored?.state ?? null, stored?.cause ?? null];
}

const run = (text: string, id: string): Promise<unknown> =>
  withClient(on.database.superuserUrl, (client) => client.query(text, [id]));

describe("the status of what Postgres holds", () => {
  it("is red while a row is gone or the progress forgotten, until the record has sent it again", async () => {
    const id = await openedDecision(on.platform, "a-row-is-removed", 2);
    expect(await cast(on.platform, id, 300)).toBe(300);
    await waitUntilDrained(on.platform.client, [id]);
    await expect.poll(() => checked(id), { timeout: 60_000 }).toEqual([false, "agrees", null]);
    await run("DELETE FROM votes WHERE decision_id = $1 AND shard = 1 AND seq = 7", id);
    await expect.poll(() => checked(id), { timeout: 60_000 }).toEqual([true, "broken", null]);
    await on.platform.client.call("POST /api/v1/decisions/{decisionId}/rebuild", {
      path: { decisionId: id },
    });
    await expect.poll(() => checked(id), { timeout: 60_000 }).toEqual([false, "agrees", null]);
    await waitUntilDrained(on.platform.client, [id]);
    await expect.poll(() => checked(id), { timeout: 60_000 }).toEqual([false, "agrees", null]);
    await run("DELETE FROM shard_progress WHERE decision_id = $1", id);
    await expect.poll(() => checked(id), { timeout: 60_000 }).toEqual([true, "broken", null]);
  });
});

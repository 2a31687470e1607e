import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { expectLogged } from "../../../support/error-lines.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import {
  decisionsPath,
  readDecision,
  takeStep,
  type DecisionBody,
} from "../../../support/worker/decision-calls.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { readAfresh, readResults } from "../../../support/worker/results.ts";

const anHour = 3_600_000;

afterEach(releaseClock);

/** A closed decision whose ballots are in the database; its room has not compared them yet. */
async function closedAndDrained(votes = votesOf(3, "yes", "north")): Promise<string> {
  const id = await openedDecision({ shards: 2 });
  for (let from = 0; from < votes.length; from += limits.batchVotesMax) {
    await castBatch(id, votes.slice(from, from + limits.batchVotesMax));
  }
  await takeStep(id, "close");
  await eventually("all rows", async () => {
    const row = await env.DB.prepare(
      "SELECT sum(applied_seq) AS n FROM shard_progress WHERE decision_id = ?",
    )
      .bind(id)
      .first<{ n: number }>();
    return row?.n === votes.length ? row : null;
  });
  return id;
}

/** Lets the room look again, however long it meant to wait. */
async function lookAgain(id: string): Promise<string> {
  stopClockAt(Date.now() + anHour);
  await runDurableObjectAlarm(roomOf(id));
  return (await readDecision(id)).body.status;
}

describe("certifying a closed decision", () => {
  it("comes by itself, once the database holds what the record holds", async () => {
    const id = await openedDecision();
    await castBatch(id, votesOf(3, "yes", "north"));
    await takeStep(id, "close");
    const before = (await readResults(id)).body;
    await eventually("certified", async () =>
      (await readDecision(id)).body.status === "certified" ? true : null,
    );
    const list = await eventually("the list", async () => {
      const path = `${decisionsPath}?status=certified&per_page=100`;
      const { items } = (await api<{ items: DecisionBody[] }>("GET", path)).body;
      return items.find((item) => item.id === id) ?? null;
    });
    expect(list.status).toBe("certified");
    const after = (await readAfresh(id)).body;
    expect(after).toMatchObject({ status: "certified", final: true, total: before.total });
    expect(after.version).toBe(before.version + 1);
    expect((await takeStep(id, "close")).body).toMatchObject({ status: "certified" });
    expect((await takeStep(id, "cancel")).body.code).toBe("decision.already_ended");
  });

  it.each([
    ["a row is missing", "DELETE FROM votes WHERE seq = 1 AND decision_id = ?"],
    [
      "a row stands twice as a stranger's",
      "INSERT INTO votes SELECT decision_id, shard, 99, pid, choice, region, weight, accepted_at FROM votes WHERE seq = 1 AND decision_id = ?",
    ],
    [
      "a row says another choice",
      "UPDATE votes SET choice = 'no' WHERE seq = 1 AND decision_id = ?",
    ],
    [
      "a row is of another region",
      "UPDATE votes SET region = 'south' WHERE seq = 1 AND decision_id = ?",
    ],
    ["a row weighs more", "UPDATE votes SET weight = 2 WHERE seq = 1 AND decision_id = ?"],
    [
      "a row is another voter's newest",
      "UPDATE votes SET pid = (SELECT max(pid) FROM votes AS other WHERE other.decision_id = votes.decision_id AND other.shard = votes.shard) WHERE decision_id = ?",
    ],
    [
      "a regional result is another",
      "UPDATE regional_results SET yes_ballots = yes_ballots + 1 WHERE decision_id = ?",
    ],
    [
      "a regional result is missing",
      "DELETE FROM regional_results WHERE region = 'south' AND decision_id = ?",
    ],
    [
      "a dead letter is open",
      "INSERT INTO dead_letters (id, decision_id, body, cause, retries, at) VALUES ('x', ?, 'body', 'cause', 3, 0)",
    ],
  ])("waits while %s", async (_, damage) => {
    const id = await closedAndDrained();
    await env.DB.prepare(damage).bind(id).run();
    expect(await lookAgain(id)).toBe("closed");
  });

  it("comes after all when what was in its way is mended", async () => {
    const id = await closedAndDrained();
    await env.DB.prepare(
      "INSERT INTO dead_letters (id, decision_id, body, cause, retries, at) VALUES ('y', ?, 'body', 'cause', 3, 0)",
    )
      .bind(id)
      .run();
    expect(await lookAgain(id)).toBe("closed");
    await env.DB.prepare("DELETE FROM dead_letters WHERE decision_id = ?").bind(id).run();
    expect(await lookAgain(id)).toBe("certified");
  });

  it("compares every row where they are too many to be counted again in one question, and mends them", async () => {
    const id = await closedAndDrained(votesOf(limits.certifyTogetherBallotsMax + 1, "no", "north"));
    const choiceOf = "SELECT choice FROM votes WHERE seq = 1000 AND shard = 1 AND decision_id = ?";
    await env.DB.prepare(
      "UPDATE votes SET choice = 'yes' WHERE seq = 1000 AND shard = 1 AND decision_id = ?",
    )
      .bind(id)
      .run();
    expect(await lookAgain(id)).toBe("closed");
    // A new instance looks by the clock as it is.
    releaseClock();
    await evictDurableObject(roomOf(id));
    await eventually("certified", async () => {
      for (const shard of [0, 1]) await runDurableObjectAlarm(shardStub(id, shard));
      await runDurableObjectAlarm(roomOf(id));
      return (await readDecision(id)).body.status === "certified" ? true : null;
    });
    expect(await env.DB.prepare(choiceOf).bind(id).first("choice")).toBe("no");
    await expectLogged("room.foreign_rows", { decision: id });
  });

  it("certifies a long decision of sound rows, also where the room ends in between", async () => {
    const id = await closedAndDrained(votesOf(limits.certifyTogetherBallotsMax + 1, "no", "north"));
    expect(await lookAgain(id)).toBe("closed");
    await evictDurableObject(roomOf(id));
    releaseClock();
    await eventually("certified", async () => {
      await runDurableObjectAlarm(roomOf(id));
      return (await readDecision(id)).body.status === "certified" ? true : null;
    });
  });
});

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { d1Database } from "../../../src/database/d1/d1.ts";
import { DatabaseUnavailable } from "../../../src/database/database.ts";
import { versionedRegistry } from "../../../src/platform/objects/versioned-stubs.ts";
import { limits } from "../../../src/shared/limits.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { adminKey, api, send } from "../../support/worker/api.ts";
import { forgetBacklog } from "../../support/worker/backlog.ts";
import { castBatch, votesOf } from "../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../support/worker/clock.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { runRoomAlarm } from "../../support/worker/objects.ts";
import { openedDecision } from "../../support/worker/decisions.ts";
import { expectProblem } from "../../support/worker/problems.ts";

const tables = [
  "votes",
  "shard_progress",
  "decisions",
  "regional_results",
  "listed_results",
  "dead_letters",
];
const database = d1Database(env.DB);

let missing: string | null = null;

async function takeAway(table: string): Promise<void> {
  await env.DB.exec(`ALTER TABLE ${table} RENAME TO taken_away`);
  missing = table;
}

afterEach(async () => {
  if (missing !== null) await env.DB.exec(`ALTER TABLE taken_away RENAME TO ${missing}`);
  missing = null;
});

/** D1 that answers each statement so. */
function d1That(answers: string): D1Database {
  const refuse = () => Promise.reject(new Error(answers));
  const statement = { bind: () => statement, all: refuse, run: refuse, raw: refuse };
  // As much of D1 as a look at it and a list use.
  return { prepare: () => statement, batch: refuse } as unknown as D1Database;
}

describe("the health of D1", () => {
  it.each(tables)("names migrations that are not applied where %s is missing", async (table) => {
    expect((await database.health()).problems).toEqual([]);
    await takeAway(table);
    expect(await database.health()).toMatchObject({
      problems: ["the migrations of D1 are not applied"],
      deadLetters: null,
    });
  });

  it.each([
    ["D1_ERROR: database is locked: SQLITE_BUSY", "another statement holds a lock in D1"],
    ["D1_ERROR: database or disk is full: SQLITE_FULL", "D1 is full"],
    [
      "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
      "D1 has more requests than it can take",
    ],
    [
      "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
      "D1 took too long for a statement",
    ],
    ["Network connection lost.", "D1 does not answer"],
  ])("that answers %j names the cause", async (answers, problem) => {
    expect((await d1Database(d1That(answers)).health()).problems).toEqual([problem]);
  });
});

describe("what D1 can't answer", () => {
  it("is told from a fault of ours", async () => {
    const query = { audiences: null, status: null, after: null, perPage: 10 };
    const away = d1Database(d1That("D1_ERROR: D1 DB is overloaded. Requests queued for too long."));
    await expect(away.listDecisions(query)).rejects.toThrow(DatabaseUnavailable);
    const broken = d1Database(d1That("Cannot read properties of undefined"));
    await expect(broken.listDecisions(query)).rejects.not.toThrow(DatabaseUnavailable);
  });

  it.each([
    ["decisions", "/api/v1/decisions"],
    ["regional_results", "/api/v1/regions/north/results"],
    ["dead_letters", "/api/v1/dead-letters"],
    ["votes", "/api/v1/dead-letters"],
  ])("is refused for a while where %s is missing, by %s", async (table, path) => {
    await takeAway(table);
    const answer = await send("GET", path, { key: adminKey });
    expect(answer.headers.get("retry-after")).toBe("5");
    await expectProblem(answer, 503, "database.unavailable");
    await expectLogged("http.failed");
  });

  it("is refused for a while by a decision's audit and its list of what came in", async () => {
    const decisionId = await openedDecision({ disclosure: "roll_call", visibility: "live" });
    await takeAway("votes");
    for (const part of ["audit", "votes/received"]) {
      const path = `/api/v1/decisions/${decisionId}/${part}`;
      const answer = await send("GET", path, { key: adminKey });
      await expectProblem(answer, 503, "database.unavailable");
    }
    await expectLogged("http.failed");
  });

  it("keeps readiness from being well", async () => {
    await takeAway("votes");
    const { status, body } = await api("GET", "/readyz", { afresh: true });
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: "degraded",
      database: { problems: ["the migrations of D1 are not applied"] },
    });
  });
});

describe("ballots that D1 does not take", () => {
  beforeEach(forgetBacklog);
  afterEach(releaseClock);

  it("are told after a while, with what the queue's writer meets, and no more once they are there", async () => {
    const decisionId = await openedDecision();
    await takeAway("votes");
    await castBatch(decisionId, votesOf(12, "yes", "north"));
    await eventually("the writer's failure", async () => {
      const { writerFailure } = await versionedRegistry(env.REGISTRY).readBacklog();
      return writerFailure;
    });
    await expectLogged("writer.waits");
    stopClockAt(Date.now() + limits.backlogNoticeMs + 1_000);
    await runRoomAlarm(decisionId);
    const { status, body } = await api("GET", "/readyz", { afresh: true });
    expect(status).toBe(503);
    expect(body).toMatchObject({
      vote_log: {
        lag_ballots: 10,
        problems: [expect.stringMatching(/^the writer waits: .*no such table: votes/)],
      },
    });
    await env.DB.exec("ALTER TABLE taken_away RENAME TO votes");
    missing = null;
    releaseClock();
    await eventually("no lag", async () => {
      const { ballots, writerFailure } = await versionedRegistry(env.REGISTRY).readBacklog();
      return ballots === 0 && writerFailure === null ? true : null;
    });
    expect((await api("GET", "/readyz", { afresh: true })).status).toBe(200);
  });
});

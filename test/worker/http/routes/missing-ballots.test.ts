import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { expectProblem, refused, type ProblemDocument } from "../../../support/worker/problems.ts";
import { auditOf, recordOf, type BallotBody } from "../../../support/worker/record.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

/** A certified decision of three shards, with as many ballots of each of its two regions. */
async function certifiedDecision(ballotsARegion: number): Promise<string> {
  const id = await openedDecision({ shards: 3 });
  for (const region of ["north", "south"])
    await castBatch(id, votesOf(ballotsARegion, "yes", region, region));
  await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
  await eventually(`the certificate of ${id}`, async () => {
    const { body } = await api<{ status: string }>("GET", `/api/v1/decisions/${id}`);
    return body.status === "certified" ? true : null;
  });
  return id;
}

const certifiedMax = 12;
/** All made at once, since each waits for the queue to deliver its ballots; a test takes its own. */
const certified: string[] = [];

beforeAll(async () => {
  const made = Array.from({ length: certifiedMax }, () => certifiedDecision(30));
  certified.push(...(await Promise.all(made)));
});

function takeCertified(): string {
  const id = certified.pop();
  if (id === undefined) throw new Error("every certified decision is taken: make more");
  return id;
}

const remove = (id: string, where = "true") =>
  env.DB.prepare(`DELETE FROM votes WHERE decision_id = ? AND ${where}`).bind(id).run();

const incomplete = (id: string, end: string): Promise<ProblemDocument> =>
  refused("GET", `/api/v1/decisions/${id}/${end}`, {}, 503, "ballots.incomplete");

/** How many ballots a list of seven a page gives, until a page is refused. */
async function listedBeforeRefusal(id: string): Promise<number> {
  let listed = 0;
  for (let query = ""; ;) {
    const response = await send("GET", `/api/v1/decisions/${id}/votes?per_page=7${query}`);
    if (response.status !== 200) {
      await expectProblem(response, 503, "ballots.incomplete");
      return listed;
    }
    const { items, next } = await response.json<{ items: unknown[]; next: string | null }>();
    expect(next).not.toBeNull();
    listed += items.length;
    query = `&after=${next}`;
  }
}

describe("a decision of which the database has lost ballots", () => {
  it.each([
    ["those of one region", "region = 'south'"],
    ["those of one shard", "shard = 1"],
    [
      "the last one alone",
      "shard = 2 AND seq = (SELECT max(seq) FROM votes AS v WHERE v.decision_id = votes.decision_id AND v.shard = 2)",
    ],
    ["all", "true"],
  ])("is neither exported nor listed as if they were all: %s", async (_, where) => {
    const id = takeCertified();
    const before = await recordOf(id);
    await remove(id, where);
    for (const end of ["export", "export?format=csv"]) {
      const { detail } = await incomplete(id, end);
      expect(detail).toMatch(/of shard \d \d+ of \d+/);
      expect(detail).toContain("rebuild");
    }
    expect(await listedBeforeRefusal(id)).toBeLessThan(before.length);
    expect(await recordOf(id)).toEqual(before);
  });

  it("is refused a page that would begin after the missing ones, and one that would end before them", async () => {
    const id = takeCertified();
    const [{ seq: last } = { seq: 0 }] = (await auditOf(id)).shards;
    const cursor = (seq: number) =>
      Buffer.from(JSON.stringify({ shard: 0, seq })).toString("base64url");
    await remove(id, "shard = 0 AND seq IN (1, 2)");
    await incomplete(id, "votes?per_page=1");
    await incomplete(id, `votes?per_page=2&after=${cursor(1)}`);
    const whole = await send("GET", `/api/v1/decisions/${id}/votes?per_page=2&after=${cursor(2)}`);
    expect(whole.status).toBe(200);
    await remove(id, "shard > 0");
    await incomplete(id, `votes?per_page=2&after=${cursor(last - 2)}`);
  });

  it("is refused rows that the record does not have", async () => {
    const id = takeCertified();
    await env.DB.prepare(
      `INSERT INTO votes SELECT decision_id, 2, seq + 1000, pid, choice, region, weight, accepted_at
       FROM votes WHERE decision_id = ? AND shard = 2`,
    )
      .bind(id)
      .run();
    const { detail } = await incomplete(id, "export");
    expect(detail).toMatch(/of shard 2 (\d+) of \d+/);
    await incomplete(id, "votes?per_page=100");
  });

  it("shows an auditor how far each shard's rows came, also of a shard that has lost all", async () => {
    const id = takeCertified();
    const before = (await auditOf(id)).database.shards;
    await remove(id, "shard = 1");
    const after = (await auditOf(id)).database.shards;
    expect(after).toEqual(
      before.map((each) => (each.shard === 1 ? { ...each, ballots: 0 } : each)),
    );
  });

  it("is whole again once an administrator has rebuilt it, as the refusal says", async () => {
    const id = takeCertified();
    const record = await recordOf(id);
    await remove(id, "region = 'north'");
    await incomplete(id, "votes");
    const path = `/api/v1/decisions/${id}/rebuild`;
    expect((await api("POST", path, { key: adminKey })).status).toBe(202);
    await eventually(`the rows of ${id}`, async () => {
      const response = await send("GET", `/api/v1/decisions/${id}/export`);
      await response.body?.cancel();
      return response.status === 200 ? true : null;
    });
    expect(await walkPages<BallotBody>(`/api/v1/decisions/${id}/votes`, 100)).toEqual(record);
  });
});

describe("an export that is under way", () => {
  let id = "";
  beforeAll(async () => {
    id = await openedDecision({ shards: 1 });
    for (const prefix of ["a", "b", "c", "d", "e", "f", "g", "h", "i"])
      await castBatch(id, votesOf(1_000, "yes", "north", prefix));
    await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
  });

  it("breaks off where ballots are lost meanwhile, instead of ending as if that were all", async () => {
    const response = await eventually(`an export of ${id}`, async () => {
      const found = await send("GET", `/api/v1/decisions/${id}/export`);
      return found.status === 200 ? found : null;
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await remove(id, "seq > 8500");
    const readToEnd = async (): Promise<void> => {
      for (;;) {
        const step = await reader?.read();
        if (step?.done !== false) return;
      }
    };
    await expect(readToEnd()).rejects.toThrow("ballots.incomplete");
    await expectLogged("export.broken_off", { decision: id });
  });
});

describe("the count before an export", () => {
  /** An isolate of its own that notes how often it asks the database to count. */
  function countingIsolate() {
    const deps = httpDependencies(env, chooseCache(env));
    const counts = { asked: 0, answer: Promise.resolve() };
    const { database } = deps;
    const app = createApp({
      ...deps,
      database: {
        ...database,
        async readProjected(decisionId, regions) {
          counts.asked += 1;
          await counts.answer;
          return database.readProjected(decisionId, regions);
        },
      },
    });
    const ask = async (id: string) => {
      const answer = await app.request(`/api/v1/decisions/${id}/export`);
      await answer.body?.cancel();
      return answer.status;
    };
    return { counts, ask };
  }

  afterEach(releaseClock);

  it("is made once in a while of each decision, whoever asks how often", async () => {
    const [id, other] = [takeCertified(), takeCertified()];
    const { counts, ask } = countingIsolate();
    const start = Date.now();
    stopClockAt(start);
    for (let index = 0; index < 5; index += 1) expect(await ask(id)).toBe(200);
    expect(counts.asked).toBe(1);
    expect(await ask(other)).toBe(200);
    expect(counts.asked).toBe(2);
    stopClockAt(start + limits.ballotCountKeptMs - 1);
    await ask(id);
    expect(counts.asked).toBe(2);
    stopClockAt(start + limits.ballotCountKeptMs);
    await ask(id);
    expect(counts.asked).toBe(3);
  });

  it("holds up nobody who comes while it is under way, and is forgotten where it failed", async () => {
    const id = takeCertified();
    const { counts, ask } = countingIsolate();
    let fail = (_error: Error): void => {};
    counts.answer = new Promise((_resolve, reject) => {
      fail = reject;
    });
    const first = ask(id);
    await eventually("the count", async () => (counts.asked === 1 ? true : null));
    expect(await ask(id)).toBe(200);
    fail(new Error("Network connection lost."));
    expect(await first).toBe(500);
    await expectLogged("http.failed", { cause: "Error: Network connection lost." });
    counts.answer = Promise.resolve();
    expect(await ask(id)).toBe(200);
    expect(counts.asked).toBe(2);
  });

  it("that found ballots missing is told again for a while, and then made again", async () => {
    const id = takeCertified();
    await remove(id, "shard = 2");
    const { counts, ask } = countingIsolate();
    const start = Date.now();
    stopClockAt(start);
    for (let index = 0; index < 3; index += 1) expect(await ask(id)).toBe(503);
    stopClockAt(start + limits.incompleteToldMs - 1);
    expect(await ask(id)).toBe(503);
    expect(counts.asked).toBe(1);
    stopClockAt(start + limits.incompleteToldMs);
    expect(await ask(id)).toBe(503);
    expect(counts.asked).toBe(2);
  });
});

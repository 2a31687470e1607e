import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { d1Database } from "../../../../src/database/d1/d1.ts";
import type { DeadLetter } from "../../../../src/database/database.ts";
import { logSignatureOf } from "../../../../src/platform/vote-log.ts";
import { signText } from "../../../../src/vote-log/signed-text.ts";
import { encodeRecord } from "../../../../src/vote-log/vote-record.ts";
import { allowLogged } from "../../../support/error-lines.ts";
import { forgetBacklog } from "../../../support/worker/backlog.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { isolateThatCounts } from "../../../support/worker/counted-objects.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { send } from "../../../support/worker/api.ts";

type DeadLetterItem = { id: string; open: boolean; cause: string; retries: number; body?: string };
const database = d1Database(env.DB);

/**
 * As a schema that is too strict would: the database refuses ballots of this region until it is
 * mended. Of this decision alone, since ballots of other tests may still be on their way.
 */
async function refuseRegion(decisionId: string, region: string): Promise<void> {
  await env.DB.prepare(
    `CREATE TRIGGER refuse BEFORE INSERT ON votes
     WHEN NEW.region = '${region}' AND NEW.decision_id = '${decisionId}'
     BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: no such region'); END`,
  ).run();
}

async function mend(): Promise<void> {
  await env.DB.prepare("DROP TRIGGER IF EXISTS refuse").run();
}

async function openDeadLetters(decisionId: string, state = "open"): Promise<DeadLetterItem[]> {
  const path = `/api/v1/dead-letters?decision_id=${decisionId}&state=${state}`;
  const { body } = await api<{ items: DeadLetterItem[] }>("GET", path, { key: adminKey });
  return body.items;
}

async function replay(id: string): Promise<unknown> {
  const { body } = await api("POST", `/api/v1/dead-letters/${id}/replay`, { key: adminKey });
  return body["outcome"];
}

function deadLetterOf(decisionId: string, seq: number, at = 1): DeadLetter {
  const id = `${decisionId}:0:${seq}`;
  return { id, body: "{}", decisionId, shard: 0, seq, cause: "by hand", retries: 3, at };
}

/** A decision of one shard with a good ballot and one that the database refuses. */
async function decisionWithPoison(): Promise<string> {
  const decisionId = await openedDecision({ shards: 1 });
  await refuseRegion(decisionId, "south");
  allowLogged("writer.dead_letter", { decision: decisionId, shard: 0 });
  await castBatch(decisionId, [...votesOf(1, "yes", "north"), ...votesOf(1, "no", "south")]);
  await reportToRoom(decisionId);
  await eventually("the dead letter", async () =>
    (await openDeadLetters(decisionId)).length === 1 ? true : null,
  );
  return decisionId;
}

describe("a dead letter", () => {
  afterEach(mend);

  it("says which ballot was refused, why and how often it was tried", async () => {
    const decisionId = await decisionWithPoison();
    const [deadLetter] = await openDeadLetters(decisionId);
    expect(deadLetter).toMatchObject({ id: `${decisionId}:0:2`, open: true, retries: 3 });
    expect(deadLetter?.cause).toContain("no such region");
    const path = `/api/v1/dead-letters/${decisionId}:0:2`;
    const { body } = await api<DeadLetterItem>("GET", path, { key: adminKey });
    expect(JSON.parse(body.body ?? "")).toMatchObject({ decision: decisionId, from_seq: 2 });
  });

  it("stays open while its cause lasts, and closes when the ballot has landed", async () => {
    const decisionId = await decisionWithPoison();
    const id = `${decisionId}:0:2`;
    expect(await replay(id)).toBe("refused");
    expect((await database.readProjected(decisionId, [])).openDeadLetters).toBe(1);
    await mend();
    expect(await replay(id)).toBe("landed");
    expect((await database.readProjected(decisionId, [])).openDeadLetters).toBe(0);
    expect(await openDeadLetters(decisionId)).toEqual([]);
    expect(await openDeadLetters(decisionId, "all")).toMatchObject([{ id, open: false }]);
  });

  it("replayed again and again adds no row and changes none", async () => {
    const decisionId = await decisionWithPoison();
    await mend();
    await replay(`${decisionId}:0:2`);
    const rows = () =>
      env.DB.prepare("SELECT * FROM votes WHERE decision_id = ? ORDER BY seq")
        .bind(decisionId)
        .all();
    const { results } = await rows();
    expect(results).toHaveLength(2);
    expect(await replay(`${decisionId}:0:2`)).toBe("landed");
    expect((await rows()).results).toEqual(results);
  });

  it("of a ballot that its shard never accepted is dropped, and writes nothing", async () => {
    const decisionId = await openedDecision({ shards: 1 });
    await database.keepDeadLetters([deadLetterOf(decisionId, 7)]);
    expect(await replay(`${decisionId}:0:7`)).toBe("not_recorded");
    expect((await database.readProjected(decisionId, [])).openDeadLetters).toBe(0);
    const path = `/api/v1/dead-letters/${decisionId}:0:7`;
    await expectProblem(
      await send("GET", path, { headers: { authorization: `Bearer ${adminKey}` } }),
      404,
      "dead_letter.not_found",
    );
  });

  it("of a decision that this deployment never had is not replayed, stays, and names no object", async () => {
    await database.keepDeadLetters([deadLetterOf("made-up", 1)]);
    const isolate = isolateThatCounts();
    const headers = { authorization: `Bearer ${adminKey}` };
    const path = "/api/v1/dead-letters/made-up:0:1/replay";
    const answer = await isolate.fetch(path, { method: "POST", headers });
    await expectProblem(answer, 404, "decision.not_found");
    await expectProblem(await send("POST", path, { headers }), 404, "decision.not_found");
    expect(isolate.reached).toEqual([]);
    expect(await database.findDeadLetter("made-up:0:1")).not.toBeNull();
  });

  it("that can't be read is listed under its digest and belongs to no decision", async () => {
    const deadLetter = {
      ...deadLetterOf("nobody", 1),
      id: "ab".repeat(32),
      body: "not a record",
    };
    await database.keepDeadLetters([{ ...deadLetter, decisionId: null, shard: null, seq: null }]);
    expect(await replay(deadLetter.id)).toBe("unreadable");
    const { body } = await api("GET", `/api/v1/dead-letters/${deadLetter.id}`, {
      key: adminKey,
    });
    expect(body).toMatchObject({ open: true, decision_id: null, body: "not a record" });
  });

  it("that can't be read is dismissed by an admin, and the audit log says by whom", async () => {
    const id = "cd".repeat(32);
    const nowhere = { decisionId: null, shard: null, seq: null };
    await database.keepDeadLetters([
      { ...deadLetterOf("nobody", 1), ...nowhere, id, body: "not a record" },
    ]);
    const path = `/api/v1/dead-letters/${id}`;
    const headers = { authorization: `Bearer ${adminKey}` };
    expect((await send("POST", `${path}/dismiss`, { headers })).status).toBe(204);
    await expectProblem(await send("GET", path, { headers }), 404, "dead_letter.not_found");
    const { body } = await api<{ entries: Record<string, unknown>[] }>("GET", "/api/v1/audit-log", {
      key: adminKey,
    });
    expect(body.entries.at(-1)).toMatchObject({
      action: "dead_letter.dismissed",
      facts: { id },
      actor: { role: "admin" },
    });
  });

  it("that can be replayed is not dismissed, whether it names its ballot or is a readable record", async () => {
    const ballot = { pid: "p".repeat(22), choice: "yes", region: "", weight: 1 } as const;
    const record = encodeRecord({
      decisionId: "readable",
      shard: 0,
      epoch: 1,
      ballots: [{ seq: 1, acceptedAt: 1, ...ballot }],
    });
    const id = "ef".repeat(32);
    await database.keepDeadLetters([
      deadLetterOf("nobody", 9),
      {
        ...deadLetterOf("nobody", 1),
        decisionId: null,
        shard: null,
        seq: null,
        id,
        body: signText(logSignatureOf(env), record),
      },
    ]);
    for (const kept of ["nobody:0:9", id]) {
      const headers = { authorization: `Bearer ${adminKey}` };
      const answer = await send("POST", `/api/v1/dead-letters/${kept}/dismiss`, { headers });
      await expectProblem(answer, 409, "dead_letter.replayable");
      expect(await database.findDeadLetter(kept)).not.toBeNull();
    }
  });

  it("counts in readiness while it is open, and fails nothing", async () => {
    const read = async () => {
      const health = await database.health();
      expect(health.problems).toEqual([]);
      return health.deadLetters ?? Number.NaN;
    };
    const before = await read();
    const decisionId = await decisionWithPoison();
    expect(await read()).toBe(before + 1);
    await mend();
    await replay(`${decisionId}:0:2`);
    expect(await read()).toBe(before);
    await forgetBacklog();
    const { status, body } = await api<{ database: object }>("GET", "/readyz", { afresh: true });
    expect(status).toBe(200);
    expect(body.database).toMatchObject({ dead_letters: expect.any(Number), warnings: [] });
  });

  it("that comes from its log again changes nothing; a newer one adds its retries", async () => {
    await database.keepDeadLetters([deadLetterOf("again", 1, 5)]);
    await database.keepDeadLetters([deadLetterOf("again", 1, 5), deadLetterOf("again", 1, 4)]);
    expect(await database.findDeadLetter("again:0:1")).toMatchObject({ retries: 3, at: 5 });
    await database.keepDeadLetters([deadLetterOf("again", 1, 6)]);
    expect(await database.findDeadLetter("again:0:1")).toMatchObject({ retries: 6, at: 6 });
  });

  it("stands on one page and is not repeated on the next", async () => {
    await database.keepDeadLetters([1, 2, 3].map((seq) => deadLetterOf("paged", seq)));
    const path = "/api/v1/dead-letters?decision_id=paged&per_page=2";
    const first = await api<{ items: DeadLetterItem[]; next: string }>("GET", path, {
      key: adminKey,
    });
    const rest = await api<{ items: DeadLetterItem[]; next: null }>(
      "GET",
      `${path}&after=${first.body.next}`,
      { key: adminKey },
    );
    const ids = [...first.body.items, ...rest.body.items].map(({ id }) => id);
    expect(ids).toEqual(["paged:0:1", "paged:0:2", "paged:0:3"]);
    expect(rest.body.next).toBeNull();
  });
});
